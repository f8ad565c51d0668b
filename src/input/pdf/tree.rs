//! The structure tree of a tagged file, walked once.
//!
//! Comes in: the catalogue of a file. Goes out: [`Tags`]. Custom types are looked up in the file's
//! role map. The walk keeps its own stack, enters every element once and has limits on depth and
//! number, so that a tree with cycles or without end costs nothing but itself. Alternative
//! descriptions of pictures are not read: they are no words of the document.

use super::info::decode;
use super::tags::{Cell, Grid, Leaf, Part, Role, Tags};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, String as Bytes, array::ArrayIter};
use std::collections::{HashMap, HashSet};

/// Most elements and stretches of text that are looked at.
const MAX_NODES: usize = 2_000_000;
/// How deep elements may stand in elements.
const MAX_DEPTH: usize = 200;
/// Most rows or columns that a cell may span, and most columns of a table.
const MAX_SPAN: u32 = 100;
/// Most rows of one table.
const MAX_ROWS: usize = 50_000;
/// Most bytes of all texts that are read in place of what is shown.
const MAX_REPLACED: usize = 4 << 20;
/// How often a custom type may lead to another one.
const MAX_MAPPED: usize = 8;

/// What an element is, after the role map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Group,
    Section,
    Text,
    Heading(Option<u8>),
    Quote,
    List,
    Item,
    Label,
    Table,
    Head,
    Row,
    Cell { header: bool },
    Caption,
    Note,
    Contents,
    Figure,
    Artifact,
    Inline,
}

/// What holds for the content of an element.
#[derive(Clone, Copy, Default)]
struct Scope {
    page: Option<ObjectIdentifier>,
    /// The frame whose part takes the text.
    holder: usize,
    part: Part,
    /// How many lists are around it.
    lists: u8,
    /// How many sections are around it.
    sections: u8,
    /// The table around it: an index plus 1; 0 for none.
    table: u32,
    in_head: bool,
    replaced: u32,
    /// It is in a paragraph or the like, where groups are no blocks.
    in_text: bool,
}

/// The content of an element that is still to be walked.
enum Kids<'a> {
    One(Option<MaybeRef<Object<'a>>>),
    Many(ArrayIter<'a>),
}

impl<'a> Kids<'a> {
    fn next(&mut self) -> Option<MaybeRef<Object<'a>>> {
        match self {
            Self::One(kid) => kid.take(),
            Self::Many(kids) => kids.next(),
        }
    }
}

/// An element that is being walked.
struct Frame<'a> {
    kids: Kids<'a>,
    scope: Scope,
    /// The part that takes its text, once there is any.
    part: Option<u32>,
}

/// Where the next cell of a table goes.
#[derive(Default)]
struct Filling {
    column: u32,
    /// For each column, how many rows below are still taken by a cell above.
    taken: Vec<u32>,
}

struct Walk<'a> {
    pdf: &'a Pdf,
    roles: Option<Dict<'a>>,
    kinds: HashMap<Vec<u8>, Kind>,
    entered: HashSet<ObjectIdentifier>,
    stack: Vec<Frame<'a>>,
    filling: Vec<Filling>,
    items: u32,
    nodes: usize,
    /// Bytes of such texts that may still be taken in.
    replaceable: usize,
    tags: Tags,
}

/// The tags of a file, where it has any that hold text.
pub(super) fn read(pdf: &Pdf, catalog: &Dict<'_>) -> Option<Tags> {
    let root = pdf.xref().get::<Dict<'_>>(catalog.get_ref("StructTreeRoot")?.into())?;
    let mut walk = Walk {
        pdf,
        roles: root.get("RoleMap"),
        kinds: HashMap::new(),
        entered: HashSet::new(),
        stack: Vec::new(),
        filling: Vec::new(),
        items: 0,
        nodes: 0,
        replaceable: MAX_REPLACED,
        tags: Tags::default(),
    };
    let kids = walk.kids(&root)?;
    walk.stack.push(Frame { kids, scope: Scope::default(), part: None });
    walk.run();
    walk.tags.settle();
    (!walk.tags.leaves.is_empty()).then_some(walk.tags)
}

impl<'a> Walk<'a> {
    fn run(&mut self) {
        while let Some(frame) = self.stack.last_mut() {
            let scope = frame.scope;
            match frame.kids.next() {
                None => {
                    self.stack.pop();
                }
                Some(kid) => {
                    self.nodes += 1;
                    if self.nodes > MAX_NODES {
                        return;
                    }
                    self.kid(kid, scope);
                }
            }
        }
    }

    /// The content of an element: one kid or an array of them.
    fn kids(&self, element: &Dict<'a>) -> Option<Kids<'a>> {
        Some(match element.get_raw::<Object<'a>>("K")? {
            MaybeRef::NotRef(Object::Array(array)) => Kids::Many(array.raw_iter()),
            MaybeRef::Ref(id) => match self.pdf.xref().get::<Array<'a>>(id.into()) {
                Some(array) => Kids::Many(array.raw_iter()),
                None => Kids::One(Some(MaybeRef::Ref(id))),
            },
            kid => Kids::One(Some(kid)),
        })
    }

    fn kid(&mut self, kid: MaybeRef<Object<'a>>, scope: Scope) {
        let object = match kid {
            MaybeRef::Ref(id) => {
                if !self.entered.insert(id.into()) {
                    return;
                }
                self.pdf.xref().get::<Object<'a>>(id.into())
            }
            MaybeRef::NotRef(object) => Some(object),
        };
        match object {
            Some(Object::Number(n)) => self.leaf(n.as_i64(), scope.page, scope),
            Some(Object::Dict(dict)) => match dict.get::<i64>("MCID") {
                Some(mcid) => {
                    let own = dict.get_ref("Stm").or_else(|| dict.get_ref("Pg"));
                    self.leaf(mcid, own.map(Into::into).or(scope.page), scope);
                }
                None if dict.contains_key("S") => self.enter(&dict, scope),
                None => {}
            },
            _ => {}
        }
    }

    /// Notes a stretch of text.
    fn leaf(&mut self, mcid: i64, content: Option<ObjectIdentifier>, scope: Scope) {
        let (Ok(mcid), Some(content)) = (i32::try_from(mcid), content) else { return };
        let part = match self.stack[scope.holder].part {
            Some(part) => part,
            None => {
                self.tags.parts.push(scope.part);
                let part = self.tags.parts.len() as u32 - 1;
                self.stack[scope.holder].part = Some(part);
                part
            }
        };
        self.tags.leaves.push(Leaf { part, replaced: scope.replaced });
        let number = self.tags.leaves.len() as u32;
        self.tags.by_content.entry(content).or_default().entry(mcid).or_insert(number);
    }

    /// Goes into an element.
    fn enter(&mut self, element: &Dict<'a>, mut scope: Scope) {
        let kind = element.get::<Name<'_>>("S").map_or(Kind::Group, |name| self.kind(name.as_ref()));
        scope.page = element.get_ref("Pg").map(Into::into).or(scope.page);
        let text = element.get::<Bytes<'_>>("ActualText");
        if let Some(text) = text.filter(|text| text.as_bytes().len() <= self.replaceable) {
            self.replaceable -= text.as_bytes().len();
            self.tags.replaced.push(decode(text.as_bytes()));
            scope.replaced = self.tags.replaced.len() as u32;
        }
        let around = scope.holder;
        let inline = kind == Kind::Inline
            || (kind == Kind::Group && scope.in_text)
            || (kind == Kind::Label && scope.part.role != Role::Item);
        if !inline {
            scope.holder = self.stack.len();
            self.place(kind, element, &mut scope);
            // Text of the element around that follows is a part of its own; notes only interrupt.
            if !matches!(kind, Kind::Note | Kind::Label) {
                self.stack[around].part = None;
            }
        }
        if self.stack.len() < MAX_DEPTH
            && let Some(kids) = self.kids(element)
        {
            self.stack.push(Frame { kids, scope, part: None });
        }
    }

    /// What holds in an element that is a block.
    fn place(&mut self, kind: Kind, element: &Dict<'a>, scope: &mut Scope) {
        let aside = matches!(scope.part.role, Role::Contents | Role::Aside | Role::Note);
        let part = &mut scope.part;
        scope.in_text = matches!(kind, Kind::Text | Kind::Heading(_) | Kind::Caption | Kind::Label);
        match kind {
            Kind::Section => scope.sections = scope.sections.saturating_add(1),
            Kind::Heading(_) if aside => {}
            Kind::Heading(level) => part.role = Role::Heading(level.unwrap_or(scope.sections).clamp(1, 9)),
            Kind::Quote => part.role = Role::Quote,
            Kind::List => scope.lists = scope.lists.saturating_add(1),
            Kind::Item if !aside => {
                self.items += 1;
                part.item = self.items;
                part.depth = scope.lists.saturating_sub(1).min(8);
                part.role = Role::Item;
            }
            Kind::Label => part.role = Role::Label,
            Kind::Caption => part.role = Role::Caption,
            Kind::Note => (part.role, part.item, part.cell) = (Role::Note, 0, 0),
            Kind::Contents => part.role = Role::Contents,
            Kind::Figure => part.role = Role::Figure,
            Kind::Artifact => part.role = Role::Aside,
            Kind::Table if part.cell == 0 => {
                self.tags.tables.push(Grid::default());
                self.filling.push(Filling::default());
                scope.table = self.tags.tables.len() as u32;
                scope.in_head = false;
            }
            Kind::Head => scope.in_head = true,
            Kind::Row if part.cell == 0 => self.row(scope),
            Kind::Cell { header } if part.cell == 0 => self.cell(header, element, scope),
            _ => {}
        }
    }

    fn row(&mut self, scope: &Scope) {
        let Some(at) = (scope.table as usize).checked_sub(1) else { return };
        let (grid, filling) = (&mut self.tags.tables[at], &mut self.filling[at]);
        if grid.headers.len() < MAX_ROWS {
            if !grid.headers.is_empty() {
                filling.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            }
            filling.column = 0;
            grid.headers.push(scope.in_head);
        }
    }

    fn cell(&mut self, header: bool, element: &Dict<'a>, scope: &mut Scope) {
        let Some(table) = (scope.table as usize).checked_sub(1) else { return };
        let (grid, filling) = (&mut self.tags.tables[table], &mut self.filling[table]);
        let Some(row) = grid.headers.len().checked_sub(1) else { return };
        while filling.taken.get(filling.column as usize).is_some_and(|rows| *rows > 0) {
            filling.column += 1;
        }
        if filling.column >= MAX_SPAN {
            return;
        }
        let (rows, columns) = (span(element, "RowSpan"), span(element, "ColSpan").min(MAX_SPAN - filling.column));
        let column = filling.column;
        filling.column += columns;
        filling.taken.resize(filling.taken.len().max(filling.column as usize), 0);
        filling.taken[column as usize..filling.column as usize].fill(rows);
        grid.columns = grid.columns.max(filling.column);
        // A row of header cells alone names the columns.
        grid.headers[row] = scope.in_head || (header && (column == 0 || grid.headers[row]));
        self.tags.cells.push(Cell { table: table as u32, row: row as u32, column, rows, columns, header });
        scope.part = Part { cell: self.tags.cells.len() as u32, ..Part::default() };
        (scope.lists, scope.in_head) = (0, false);
    }

    /// What a type is, by its standard name or by what the role map makes of it.
    fn kind(&mut self, name: &[u8]) -> Kind {
        if let Some(known) = self.kinds.get(name) {
            return *known;
        }
        let mut found = standard(name);
        let mut at = name.to_vec();
        for _ in 0..MAX_MAPPED {
            if found.is_some() {
                break;
            }
            let Some(next) = self.roles.as_ref().and_then(|r| r.get::<Name<'_>>(&at)) else { break };
            at = next.as_ref().to_vec();
            found = standard(&at);
        }
        let kind = found.unwrap_or(Kind::Group);
        self.kinds.insert(name.to_vec(), kind);
        kind
    }
}

/// The rows or columns that a cell spans.
fn span(element: &Dict<'_>, key: &str) -> u32 {
    let of = |attributes: &Dict<'_>| attributes.get::<u32>(key);
    let found = match element.get::<Object<'_>>("A") {
        Some(Object::Dict(one)) => of(&one),
        Some(Object::Array(all)) => {
            all.iter::<Object<'_>>().take(20).filter_map(Object::into_dict).find_map(|d| of(&d))
        }
        _ => None,
    };
    found.unwrap_or(1).clamp(1, MAX_SPAN)
}

/// What a standard type is.
fn standard(name: &[u8]) -> Option<Kind> {
    Some(match name {
        b"Document" | b"DocumentFragment" | b"Part" | b"Div" | b"Aside" | b"Index" | b"TBody" | b"TFoot" => Kind::Group,
        b"Sect" | b"Art" => Kind::Section,
        b"P" | b"LBody" | b"Formula" => Kind::Text,
        b"H" => Kind::Heading(None),
        b"Title" => Kind::Heading(Some(1)),
        [b'H', level @ b'1'..=b'9'] => Kind::Heading(Some(level - b'0')),
        b"BlockQuote" => Kind::Quote,
        b"L" => Kind::List,
        b"LI" => Kind::Item,
        b"Lbl" => Kind::Label,
        b"Table" => Kind::Table,
        b"THead" => Kind::Head,
        b"TR" => Kind::Row,
        b"TH" => Kind::Cell { header: true },
        b"TD" => Kind::Cell { header: false },
        b"Caption" => Kind::Caption,
        b"Note" | b"FENote" => Kind::Note,
        b"TOC" | b"TOCI" => Kind::Contents,
        b"Figure" => Kind::Figure,
        b"Artifact" => Kind::Artifact,
        b"NonStruct" | b"Private" | b"Span" | b"Quote" | b"Reference" | b"BibEntry" | b"Code" | b"Link" | b"Annot"
        | b"Form" | b"Em" | b"Strong" | b"Sub" | b"Ruby" | b"RB" | b"RT" | b"RP" | b"Warichu" | b"WT" | b"WP" => {
            Kind::Inline
        }
        _ => return None,
    })
}
