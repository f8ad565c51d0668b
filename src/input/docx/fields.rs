//! Fields: which text is a field's code and which its result.
//!
//! Comes in: field characters and codes in order. Goes out: whether text shows, and whether it
//! belongs to a table of contents.

/// Most paragraphs that the code of one field may run over before it counts as broken.
const MAX_CODE_PARAGRAPHS: u32 = 10;

use super::form::FormField;

#[derive(Debug, Default)]
struct Field {
    in_result: bool,
    code: String,
    paragraphs: u32,
    form: Option<FormField>,
}

impl Field {
    fn is_contents(&self) -> bool {
        let command = self.code.split_whitespace().next().unwrap_or_default();
        ["TOC", "TOA", "INDEX"].iter().any(|known| command.eq_ignore_ascii_case(known))
    }
}

/// The fields that are open at a place, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// The properties of a form field are being read.
    in_form: bool,
}

impl Fields {
    /// A field character: `begin` or `separate`.
    pub(super) fn character(&mut self, kind: &str) {
        match kind {
            "begin" => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.in_result = true;
                }
            }
            _ => {}
        }
    }

    /// The innermost field ends; gives it where it is a form field without a result.
    pub(super) fn end(&mut self) -> Option<FormField> {
        self.open.pop()?.form
    }

    /// The properties of a form field begin.
    pub(super) fn begin_form(&mut self) {
        self.in_form = true;
        if let Some(field) = self.open.last_mut() {
            field.form = Some(FormField::default());
        }
    }

    /// The properties of a form field end.
    pub(super) fn end_form(&mut self) {
        self.in_form = false;
    }

    /// The form field whose properties are being read.
    pub(super) fn form(&mut self) -> Option<&mut FormField> {
        self.open.last_mut().filter(|_| self.in_form)?.form.as_mut()
    }

    /// A simple field begins, of which only the result follows.
    pub(super) fn begin_simple(&mut self, code: &str) {
        self.open.push(Field { in_result: true, code: code.to_owned(), ..Field::default() });
    }

    /// A piece of a field's code.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.in_result
            && field.code.len() < 256
        {
            field.code.push_str(text);
        }
    }

    /// A paragraph begins. A code that never comes to its end is given up, so that it does not
    /// hide the rest of the document.
    pub(super) fn paragraph(&mut self) {
        for field in &mut self.open {
            field.paragraphs += u32::from(!field.in_result);
        }
        self.open.retain(|field| field.paragraphs <= MAX_CODE_PARAGRAPHS);
    }

    /// Whether text at this place is shown.
    pub(super) fn show(&self) -> bool {
        self.open.iter().all(|field| field.in_result)
    }

    /// Whether text at this place is part of a table of contents or an index.
    pub(super) fn in_contents(&self) -> bool {
        self.open.iter().any(Field::is_contents)
    }
}
