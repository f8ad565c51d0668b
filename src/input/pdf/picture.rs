//! The picture that a scanned page shows, as a file that other programs read.
//!
//! Comes in: the stream of an image. Goes out: its bytes as a JPEG, JPEG 2000, TIFF or PNM file, or
//! why there are none. JPEG and fax data are handed on as they are, not decoded here.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

/// Most pixels of a picture that is handed on.
const MAX_PIXELS: u64 = 150_000_000;
/// Most bytes of a picture that is handed on.
const MAX_BYTES: usize = 256 << 20;

/// How the numbers of an unpacked picture become shades.
enum Shades {
    Gray,
    Rgb,
    Palette(Vec<u8>),
}

/// The picture as a file; the error says of what kind it is, for "its picture is ...".
pub(super) fn file(stream: &Stream<'_>) -> Result<Vec<u8>, &'static str> {
    let dict = stream.dict();
    let side = |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short)).unwrap_or(0);
    let (width, height) = (side("Width", "W"), side("Height", "H"));
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err("too large");
    }
    let bytes = match stream.filters().as_slice() {
        [Filter::DctDecode | Filter::JpxDecode] => stream.raw_data().into_owned(),
        [Filter::CcittFaxDecode] => fax(dict, &stream.raw_data(), width, height),
        [Filter::Jbig2Decode] => return Err("a JBIG2 picture"),
        _ => {
            let data = stream.decoded_data().map_err(|_| "packed more than once")?;
            pixels(dict, &data, width as usize, height as usize)?
        }
    };
    if bytes.len() > MAX_BYTES { Err("too large") } else { Ok(bytes) }
}

/// Fax data in a TIFF file of one strip.
fn fax(dict: &Dict<'_>, data: &[u8], width: u32, height: u32) -> Vec<u8> {
    let parameters = dict.get::<Dict<'_>>("DecodeParms").or_else(|| {
        dict.get::<Array<'_>>("DecodeParms").and_then(|a| a.iter::<Object<'_>>().find_map(Object::into_dict))
    });
    let k = parameters.as_ref().and_then(|p| p.get::<i32>("K")).unwrap_or(0);
    let columns = parameters.as_ref().and_then(|p| p.get::<u32>("Columns")).unwrap_or(1728);
    let compression = if k < 0 { 4 } else { 3 };
    // Tag, type (3 for 16 bits, 4 for 32) and value; the strip begins behind the directory.
    let entries: [(u16, u16, u32); 9] = [
        (256, 4, if columns > 0 { columns } else { width }),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, 0),
        (273, 4, 8 + 2 + 9 * 12 + 4),
        (278, 4, height),
        (279, 4, u32::try_from(data.len()).unwrap_or(u32::MAX)),
        (292, 4, u32::from(k > 0)),
    ];
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend([0; 4]);
    out.extend(data);
    out
}

/// Unpacked pixels as a PNM file.
fn pixels(dict: &Dict<'_>, data: &[u8], width: usize, height: usize) -> Result<Vec<u8>, &'static str> {
    let mask = dict.get::<bool>("ImageMask").unwrap_or(false);
    let bits = if mask { 1 } else { dict.get::<u32>("BitsPerComponent").unwrap_or(8) };
    let shades = if mask { Some(Shades::Gray) } else { dict.get::<Object<'_>>("ColorSpace").and_then(shades) };
    let inverted =
        dict.get::<Array<'_>>("Decode").and_then(|a| a.iter::<f32>().next()).is_some_and(|first| first > 0.5);
    let flip = |byte: u8| if inverted { !byte } else { byte };
    let (kind, row) = match (&shades, bits) {
        (Some(Shades::Gray), 1) => (4, width.div_ceil(8)),
        (Some(Shades::Gray), 8) => (5, width),
        (Some(Shades::Palette(_)), 8) => (6, width),
        (Some(Shades::Rgb), 8) => (6, 3 * width),
        _ => return Err("in colours that cannot be handed over"),
    };
    let data = data.get(..row * height).ok_or("cut short")?;
    let head = if kind == 4 { format!("P4 {width} {height}\n") } else { format!("P{kind} {width} {height} 255\n") };
    let mut out = head.into_bytes();
    match shades {
        Some(Shades::Palette(palette)) => {
            let colour = |at: &u8| palette.get(3 * usize::from(*at)..3 * usize::from(*at) + 3).unwrap_or(&[255; 3]);
            out.extend(data.iter().flat_map(colour));
        }
        // In a PBM file 1 is black; in a PDF 0 is.
        _ if kind == 4 => out.extend(data.iter().map(|b| !flip(*b))),
        _ => out.extend(data.iter().map(|b| flip(*b))),
    }
    Ok(out)
}

/// What a colour space makes of numbers, where that is simple.
fn shades(space: Object<'_>) -> Option<Shades> {
    match space {
        Object::Name(name) => match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Shades::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Shades::Rgb),
            _ => None,
        },
        Object::Array(array) => {
            let mut items = array.iter::<Object<'_>>();
            match items.next()?.into_name()?.as_ref() {
                b"CalGray" => Some(Shades::Gray),
                b"CalRGB" => Some(Shades::Rgb),
                b"ICCBased" => match items.next()?.into_stream()?.dict().get::<u32>("N")? {
                    1 => Some(Shades::Gray),
                    3 => Some(Shades::Rgb),
                    _ => None,
                },
                b"Indexed" | b"I" => {
                    let base = match items.next()? {
                        Object::Array(_) => Shades::Rgb,
                        simple => shades(simple)?,
                    };
                    let table = match items.nth(1)? {
                        Object::String(s) => s.as_bytes().to_vec(),
                        Object::Stream(s) => s.decoded_data().ok()?.into_owned(),
                        _ => return None,
                    };
                    Some(Shades::Palette(match base {
                        Shades::Gray => table.iter().flat_map(|g| [*g; 3]).collect(),
                        _ => table,
                    }))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::Name;

    #[test]
    fn unpacked_pixels_become_pnm_and_odd_ones_are_named() {
        let dict = Dict::empty();
        assert_eq!(pixels(&dict, &[0; 4], 2, 2), Err("in colours that cannot be handed over"));
        assert!(matches!(shades(Object::Name(Name::new_unescaped(b"DeviceGray"))), Some(Shades::Gray)));
        let tiff = fax(&dict, b"data", 100, 50);
        assert!(tiff.starts_with(b"II*\0") && tiff.ends_with(b"data"));
        assert_eq!(tiff.len(), 8 + 2 + 9 * 12 + 4 + 4);
    }
}
