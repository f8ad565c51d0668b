//! Small PDF files for the tests, put together byte by byte.

/// A file in the making: pages with their content streams.
#[derive(Default)]
pub(super) struct Sample {
    pages: Vec<String>,
    info: String,
    catalog: String,
    annotations: Vec<(usize, String)>,
    objects: Vec<(usize, String)>,
    named: Vec<(&'static str, String)>,
}

impl Sample {
    /// Adds a page of 595 by 842 points with a content stream.
    pub fn page(mut self, content: impl Into<String>) -> Self {
        self.pages.push(content.into());
        self
    }

    /// Sets entries of the information dictionary.
    pub fn info(mut self, entries: &str) -> Self {
        self.info = entries.to_owned();
        self
    }

    /// Adds entries to the catalogue.
    pub fn catalog(mut self, entries: &str) -> Self {
        self.catalog = entries.to_owned();
        self
    }

    /// Adds an object, its number from 100; page n, counted from 0, is object 10 + 2 n.
    pub fn object(mut self, number: usize, body: impl Into<String>) -> Self {
        self.objects.push((number, body.into()));
        self
    }

    /// Names further resources of all pages: fonts (`Font`), forms (`XObject`), layers (`Properties`).
    pub fn named(mut self, kind: &'static str, entries: &str) -> Self {
        self.named.push((kind, entries.to_owned()));
        self
    }

    /// Adds an annotation to a page, counted from 0.
    pub fn annotation(mut self, page: usize, body: &str) -> Self {
        self.annotations.push((page, body.to_owned()));
        self
    }

    /// The bytes of the file. Fonts: `/F` Helvetica, `/B` its bold, `/N` one without characters, `/W`
    /// one without widths too; picture: `/I`.
    pub fn bytes(&self) -> Vec<u8> {
        let kids: Vec<String> = (0..self.pages.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
        let helvetica = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
        let unknown = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar 126/Encoding\
             <</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[33 ";
        let names: String = (33..127).map(|i| format!("/g{i}x ")).collect();
        let mut objects: Vec<(usize, String)> = vec![
            (1, format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalog)),
            (2, format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len())),
            (3, helvetica("Helvetica")),
            (4, helvetica("Helvetica-Bold")),
            (5, format!("{unknown}{names}]>>/Widths[{}]>>", "500 ".repeat(94))),
            (8, format!("{unknown}{names}]>>>>")),
            (
                6,
                "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray\
                 /BitsPerComponent 8/Length 1>>\nstream\n0\nendstream"
                    .into(),
            ),
            (7, format!("<<{}>>", self.info)),
        ];
        let named = |kind| -> String {
            self.named.iter().filter(|(k, _)| *k == kind).map(|(_, entries)| entries.as_str()).collect()
        };
        let (fonts, forms, layers) = (named("Font"), named("XObject"), named("Properties"));
        for (i, content) in self.pages.iter().enumerate() {
            let at = 10 + 2 * i;
            let own = self.annotations.iter().filter(|(page, _)| *page == i);
            let annotations: String = own.map(|(_, body)| body.as_str()).collect();
            objects.push((
                at,
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[{annotations}]/Contents {} 0 R/Resources\
                 <</Font<</F 3 0 R/B 4 0 R/N 5 0 R/W 8 0 R{fonts}>>/XObject<</I 6 0 R{forms}>>\
                 /Properties<<{layers}>>>>>>",
                    at + 1
                ),
            ));
            objects.push((at + 1, format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())));
        }
        objects.extend(self.objects.iter().cloned());
        write(&objects)
    }
}

fn write(objects: &[(usize, String)]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    let size = objects.iter().map(|(n, _)| n + 1).max().unwrap_or(1);
    let mut at = vec![0; size];
    for (number, body) in objects {
        at[*number] = out.len();
        out.push_str(&format!("{number} 0 obj\n{body}\nendobj\n"));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n"));
    for offset in &at[1..] {
        let kind = if *offset == 0 { 'f' } else { 'n' };
        out.push_str(&format!("{offset:010} 00000 {kind} \n"));
    }
    out.push_str(&format!("trailer\n<</Size {size}/Root 1 0 R/Info 7 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

/// Shows lines one below the other from a place on the page, 14 points apart.
pub(super) fn lines(font: &str, size: u32, x: u32, y: u32, lines: &[&str]) -> String {
    let mut out = format!("BT /{font} {size} Tf 14 TL {x} {y} Td ");
    for line in lines {
        let escaped = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)").replace('•', "\\225");
        out.push_str(&format!("({escaped}) Tj T* "));
    }
    out + "ET\n"
}

/// A frame of level and upright rules.
pub(super) fn rules(xs: &[u32], ys: &[u32]) -> String {
    let (x0, x1) = (xs[0], xs[xs.len() - 1]);
    let (y0, y1) = (ys[0], ys[ys.len() - 1]);
    let level = ys.iter().map(|y| format!("{x0} {y} m {x1} {y} l S "));
    let upright = xs.iter().map(|x| format!("{x} {y0} m {x} {y1} l S "));
    level.chain(upright).collect::<String>() + "\n"
}
