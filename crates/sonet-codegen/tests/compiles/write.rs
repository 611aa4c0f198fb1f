//! A spec, with everything that the format has in it, and a few names and texts out of the pools.

use std::fmt::Write as _;

use crate::pools::{MODULES, PROSE, TEXTS, TYPES, VARIANTS, WIRE};
use crate::random::Random;

/// How seldom something odd is drawn.
const ODD: usize = 40;

struct Writer<'r> {
    random: &'r mut Random,
    count: usize,
    ids: Vec<String>,
    enums: Vec<String>,
    objects: Vec<String>,
    inputs: Vec<String>,
    out: String,
}

pub(crate) fn spec(random: &mut Random) -> String {
    let mut writer = Writer {
        random,
        count: 0,
        ids: Vec::new(),
        enums: Vec::new(),
        objects: Vec::new(),
        inputs: Vec::new(),
        out: String::new(),
    };
    writer.write();
    writer.out
}

impl Writer<'_> {
    fn fresh(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// A name of the wire: a new one, one that others have too, or an odd one.
    fn wire(&mut self) -> String {
        if self.random.once_in(ODD) {
            return (*self.random.pick(WIRE)).to_owned();
        }
        let number = self.fresh();
        match self.random.below(3) {
            0 => format!("FIELD_{number}"),
            1 => format!("someField{number}"),
            _ => format!("field{number}"),
        }
    }

    fn ty(&mut self) -> String {
        if self.random.once_in(ODD / 3) {
            return (*self.random.pick(TYPES)).to_owned();
        }
        format!("Type{}", self.fresh())
    }

    fn doc(&mut self) -> String {
        if self.random.once_in(ODD * 4) {
            return (*self.random.pick(PROSE)).to_owned();
        }
        "It has `[]` in it.".to_owned()
    }

    fn text(&mut self) -> String {
        if self.random.once_in(3) {
            return (*self.random.pick(TEXTS)).to_owned();
        }
        format!("text {}", self.fresh())
    }

    fn module(&mut self) -> String {
        match self.random.below(6) {
            0 => String::new(),
            1 => format!("module = \"{}\"\n", self.random.pick(MODULES)),
            2 => "module = \"events\"\n".to_owned(),
            _ => "module = \"club::user\"\n".to_owned(),
        }
    }

    fn rust(&mut self) -> String {
        if self.random.once_in(ODD) {
            let name = (*self.random.pick(WIRE)).to_owned();
            return format!("rust = \"{name}\", ");
        }
        String::new()
    }

    fn write(&mut self) {
        self.out
            .push_str("format = 1\ndocumentation = \"https://docs.example/rest/\"\n");
        for _ in 0..=self.random.below(2) {
            let (name, doc) = (self.ty(), self.doc());
            let _ = write!(self.out, "[[id]]\nname = \"{name}\"\ndoc = \"{doc}\"\n");
            self.ids.push(name);
        }
        for _ in 0..=self.random.below(2) {
            self.enumeration();
        }
        for _ in 0..=self.random.below(3) {
            self.object();
        }
        for _ in 0..=self.random.below(2) {
            self.input();
        }
        for _ in 0..=self.random.below(4) {
            self.method();
        }
        self.uses_everything();
    }

    fn enumeration(&mut self) {
        let (name, module, doc) = (self.ty(), self.module(), self.doc());
        let _ = write!(
            self.out,
            "[[enum]]\nname = \"{name}\"\n{module}doc = \"{doc}\"\nvalues = [\n"
        );
        for at in 0..=self.random.below(4) {
            let (wire, doc) = (self.text(), self.doc());
            let name = if self.random.once_in(4) {
                (*self.random.pick(VARIANTS)).to_owned()
            } else {
                format!("Value{at}")
            };
            let _ = writeln!(
                self.out,
                "{{ wire = \"{wire}\", name = \"{name}\", doc = \"{doc}\" }},"
            );
        }
        self.out.push_str("]\n");
        self.enums.push(name);
    }

    fn value_type(&mut self) -> String {
        let word = match self.random.below(15) {
            14 => "date",
            0 => "integer",
            1 => "boolean",
            2 => "flag",
            3 => "datetime",
            4 => "secret",
            5 => "local_datetime",
            6 | 7 => return self.random.pick(&self.ids).clone(),
            8 | 9 => return self.random.pick(&self.enums).clone(),
            _ => "string",
        };
        word.to_owned()
    }

    fn answer_type(&mut self) -> String {
        match self.random.below(12) {
            0 => "json".to_owned(),
            1 => "loose_datetime".to_owned(),
            2 | 3 if !self.objects.is_empty() => self.random.pick(&self.objects).clone(),
            4 => format!("{}[]", self.value_type()),
            5 if !self.objects.is_empty() => format!("{}[]", self.random.pick(&self.objects)),
            6 => format!("map<{}>", self.value_type()),
            7 => format!("map<{}[]>", self.value_type()),
            8 => "accepted".to_owned(),
            _ => self.value_type(),
        }
    }

    fn object(&mut self) {
        let (name, module, doc) = (self.ty(), self.module(), self.doc());
        let extra = if self.random.once_in(4) {
            "extra = true\n"
        } else {
            ""
        };
        let mut fields = String::new();
        // A row of a walk begins so.
        let id = self.random.pick(&self.ids).clone();
        let cursor = if self.random.once_in(ODD) {
            *self.random.pick(WIRE)
        } else {
            "ID"
        };
        let rust = self.rust();
        let _ = writeln!(
            fields,
            "{{ name = \"{cursor}\", {rust}type = \"{id}\", essential = true, doc = \"It.\" }},"
        );
        for _ in 0..self.random.below(6) {
            let (wire, ty, rust, doc) = (self.wire(), self.answer_type(), self.rust(), self.doc());
            let more = [
                "",
                "",
                "nullable = true, ",
                "optional = true, ",
                "none = [\"\"], ",
                "none = [0], ",
            ];
            let more = self.random.pick(&more);
            let _ = writeln!(
                fields,
                "{{ name = \"{wire}\", {rust}type = \"{ty}\", {more}doc = \"{doc}\" }},"
            );
        }
        let _ = write!(
            self.out,
            "[[object]]\nname = \"{name}\"\n{module}doc = \"{doc}\"\n{extra}fields = [\n{fields}]\n"
        );
        self.objects.push(name);
    }

    fn input(&mut self) {
        let (name, module, doc) = (self.ty(), self.module(), self.doc());
        let open = if self.random.once_in(4) {
            "open = true\n"
        } else {
            ""
        };
        let params: Vec<String> = (0..=self.random.below(4)).map(|_| self.param(0)).collect();
        let _ = write!(
            self.out,
            "[[input]]\nname = \"{name}\"\n{module}doc = \"{doc}\"\n{open}params = [\n{}\n]\n",
            params.join(",\n")
        );
        self.inputs.push(name);
    }

    fn param(&mut self, depth: usize) -> String {
        let (wire, rust, doc) = (self.wire(), self.rust(), self.doc());
        if depth < 3 && self.random.once_in(4) {
            let mut fields: Vec<String> = (0..=self.random.below(3))
                .map(|_| self.param(depth + 1))
                .collect();
            if self.random.once_in(4) {
                fields.push(
                    "{ name = \"NAME\", type = \"string\", doc = \"The same in several.\" }"
                        .to_owned(),
                );
            }
            let required = *self
                .random
                .pick(&["", "required = true, ", "open = true, ", ""]);
            return format!(
                "{{ name = \"{wire}\", {rust}type = \"object\", {required}doc = \"{doc}\", fields = [\n{}\n] }}",
                fields.join(",\n")
            );
        }
        let ty = match self.random.below(11) {
            8 if !self.inputs.is_empty() => self.random.pick(&self.inputs).clone(),
            9 if !self.inputs.is_empty() => format!("map<{}[]>", self.random.pick(&self.inputs)),
            10 => format!("map<{}>", self.value_type()),
            0 => ["file", "date"][self.random.below(2)].to_owned(),
            1 => format!(
                "{}[]",
                ["string", "integer", "boolean", "secret", "flag", "datetime"]
                    [self.random.below(6)]
            ),
            2 => format!("{}[]", self.random.pick(&self.ids)),
            3 => format!("{}[]", self.random.pick(&self.enums)),
            _ => self.value_type(),
        };
        let more = match self.random.below(8) {
            0 | 1 => "required = true, ".to_owned(),
            2 if ty == "string" || ty.ends_with("[]") => {
                "non_empty = true, required = true, ".to_owned()
            }
            3 if ty == "string" => "non_empty = true, ".to_owned(),
            4 if self.enums.iter().any(|name| ty.starts_with(name.as_str())) => {
                "open = true, ".to_owned()
            }
            5 => format!("default = \"{}\", ", self.doc()),
            6 if ty == "integer" || self.ids.contains(&ty) => {
                let name = if self.random.once_in(4) {
                    self.random.pick(WIRE)
                } else {
                    "clear_it"
                };
                format!(
                    "clear = {{ rust = \"{name}\", value = {}, doc = \"Clears.\" }}, ",
                    self.random.below(3)
                )
            }
            _ => String::new(),
        };
        format!("{{ name = \"{wire}\", {rust}type = \"{ty}\", {more}doc = \"{doc}\" }}")
    }

    fn method_name(&mut self) -> String {
        let modules = ["club", "club.user", "tasks.api.club", "events", ""];
        let mut parts = vec![(*self.random.pick(&modules)).to_owned()];
        if self.random.once_in(4) {
            (*self.random.pick(MODULES)).clone_into(&mut parts[0]);
        }
        parts.retain(|part| !part.is_empty());
        let number = self.fresh();
        parts.push(match self.random.below(8) {
            0 => (*self.random.pick(WIRE)).to_owned(),
            1 => (*self.random.pick(MODULES)).to_owned(),
            2 => "date".to_owned(),
            3 => "list".to_owned(),
            _ => format!("get{number}"),
        });
        parts.join(".")
    }

    fn method(&mut self) {
        let (name, doc, who) = (self.method_name(), self.doc(), self.doc());
        let rust = if self.random.once_in(8) {
            format!("rust = \"{}\"\n", self.random.pick(TYPES))
        } else {
            String::new()
        };
        let effect = *self.random.pick(&["read", "repeatable", "write"]);
        let lost = if effect == "write" {
            format!("lost_answer = \"{}\"\n", self.doc())
        } else {
            String::new()
        };
        let mut params: Vec<String> = (0..self.random.below(5)).map(|_| self.param(0)).collect();
        let paged = self.random.once_in(2);
        let selects = self.random.once_in(2);
        let mut more = String::new();
        if paged {
            params.push("{ name = \"filter\", type = \"filter\", doc = \"It.\" }".to_owned());
            params.push("{ name = \"order\", type = \"order\", doc = \"It.\" }".to_owned());
            let id = self.random.pick(&self.ids).clone();
            let mut fields = vec![format!(
                "{{ name = \"ID\", type = \"{id}\", doc = \"It.\" }}"
            )];
            for _ in 0..self.random.below(3) {
                let (wire, ty) = (self.wire(), self.value_type());
                fields.push(format!(
                    "{{ name = \"{wire}\", type = \"{ty}\", doc = \"It.\" }}"
                ));
            }
            let _ = write!(
                more,
                "filter_operators = [\">\", \"!\", \"\"]\nfilter_fields = [{}]\norder_fields = [\"ID\"]\n\
                 paged = {{ rows = \"result\", cursor = \"ID\", row_cursor = \"ID\" }}\n",
                fields.join(", ")
            );
        }
        let object = self.random.pick(&self.objects).clone();
        let result = if paged {
            format!("{object}[]")
        } else if selects {
            object
        } else {
            self.answer_type()
        };
        if selects {
            params.push("{ name = \"select\", type = \"select\", doc = \"It.\" }".to_owned());
            more.push_str("select_fields = [{ name = \"ID\", required = true, doc = \"It.\" }]\n");
        }
        let (mut errors, result_doc) = (String::new(), self.doc());
        for at in 0..self.random.below(3) {
            let text = self.text();
            let name = if self.random.once_in(3) {
                (*self.random.pick(VARIANTS)).to_owned()
            } else {
                format!("Error{at}")
            };
            let _ = write!(
                errors,
                "{{ name = \"{name}\", code = \"CODE_{at}\", text = \"{text}\", doc = \"It.\" }}, "
            );
        }
        let _ = write!(
            self.out,
            "[[method]]\nname = \"{name}\"\n{rust}page = \"a.html\"\nscope = \"club\"\neffect = \"{effect}\"\n{lost}\
             who = \"{who}\"\ndoc = \"{doc}\"\nparams = [\n{}\n]\n{more}\
             result = {{ type = \"{result}\", doc = \"{result_doc}\" }}\nerrors = [{errors}]\n",
            params.join(",\n")
        );
    }

    /// What nobody uses would be a mistake of its own.
    fn uses_everything(&mut self) {
        let inputs: Vec<String> = (self.inputs.iter().enumerate())
            .map(|(at, name)| {
                format!("{{ name = \"used{at}\", type = \"{name}[]\", doc = \"It.\" }}")
            })
            .collect();
        let inputs = inputs.join(", ");
        let names = self.ids.iter().chain(&self.enums).chain(&self.objects);
        let mut fields = String::new();
        for (at, name) in names.enumerate() {
            let _ = writeln!(
                fields,
                "{{ name = \"used{at}\", type = \"{name}\", doc = \"It.\" }},"
            );
        }
        let _ = write!(
            self.out,
            "[[object]]\nname = \"Everything\"\nmodule = \"all\"\ndoc = \"It.\"\nfields = [\n{fields}]\n\
             [[method]]\nname = \"all.read\"\npage = \"a.html\"\nscope = \"club\"\neffect = \"read\"\nwho = \"all\"\n\
             doc = \"It.\"\nparams = [{inputs}]\nresult = {{ type = \"Everything\", doc = \"It.\" }}\n"
        );
    }
}
