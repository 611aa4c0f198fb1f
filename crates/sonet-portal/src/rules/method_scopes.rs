//! Which methods the portal has, and the scope that each needs.

/// The names in lower case, in the order in which `methods` answers them.
pub(crate) const METHODS: [(&str, &str); 76] = [
    ("batch", "basic"),
    ("sonet_group.create", "sonet_group"),
    ("sonet_group.update", "sonet_group"),
    ("sonet_group.delete", "sonet_group"),
    ("sonet_group.setowner", "sonet_group"),
    ("sonet_group.user.request", "sonet_group"),
    ("sonet_group.get", "sonet_group"),
    ("sonet_group.feature.access", "sonet_group"),
    ("sonet_group.user.groups", "sonet_group"),
    ("sonet_group.user.get", "sonet_group"),
    ("sonet_group.user.invite", "sonet_group"),
    ("sonet_group.user.add", "sonet_group"),
    ("sonet_group.user.update", "sonet_group"),
    ("sonet_group.user.delete", "sonet_group"),
    ("socialnetwork.api.workgroup.get", "socialnetwork"),
    ("socialnetwork.api.workgroup.list", "socialnetwork"),
    ("user.current", "user"),
    ("user.get", "user"),
    ("user.search", "user"),
    ("user.fields", "user"),
    ("profile", "basic"),
    ("server.time", "basic"),
    ("app.info", "basic"),
    ("scope", "basic"),
    ("methods", "basic"),
    ("method.get", "basic"),
    ("events", "basic"),
    ("event.bind", "basic"),
    ("event.unbind", "basic"),
    ("event.get", "basic"),
    ("tasks.api.scrum.backlog.add", "task"),
    ("tasks.api.scrum.backlog.update", "task"),
    ("tasks.api.scrum.backlog.delete", "task"),
    ("tasks.api.scrum.backlog.get", "task"),
    ("tasks.api.scrum.backlog.getfields", "task"),
    ("tasks.api.scrum.epic.add", "task"),
    ("tasks.api.scrum.epic.update", "task"),
    ("tasks.api.scrum.epic.delete", "task"),
    ("tasks.api.scrum.epic.get", "task"),
    ("tasks.api.scrum.epic.list", "task"),
    ("tasks.api.scrum.epic.getfields", "task"),
    ("tasks.api.scrum.sprint.add", "task"),
    ("tasks.api.scrum.sprint.update", "task"),
    ("tasks.api.scrum.sprint.delete", "task"),
    ("tasks.api.scrum.sprint.start", "task"),
    ("tasks.api.scrum.sprint.complete", "task"),
    ("tasks.api.scrum.sprint.get", "task"),
    ("tasks.api.scrum.sprint.list", "task"),
    ("tasks.api.scrum.sprint.getfields", "task"),
    ("tasks.api.scrum.kanban.addstage", "task"),
    ("tasks.api.scrum.kanban.updatestage", "task"),
    ("tasks.api.scrum.kanban.deletestage", "task"),
    ("tasks.api.scrum.kanban.addtask", "task"),
    ("tasks.api.scrum.kanban.deletetask", "task"),
    ("tasks.api.scrum.kanban.getstages", "task"),
    ("tasks.api.scrum.kanban.getfields", "task"),
    ("tasks.api.scrum.task.update", "task"),
    ("tasks.api.scrum.task.get", "task"),
    ("tasks.api.scrum.task.getfields", "task"),
    ("tasks.task.add", "task"),
    ("tasks.task.update", "task"),
    ("tasks.task.get", "task"),
    ("tasks.task.list", "task"),
    ("tasks.task.delete", "task"),
    ("tasks.task.delegate", "task"),
    ("tasks.task.start", "task"),
    ("tasks.task.complete", "task"),
    ("log.blogpost.add", "log"),
    ("log.blogpost.update", "log"),
    ("log.blogpost.get", "log"),
    ("log.blogpost.getusers.important", "log"),
    ("log.blogpost.share", "log"),
    ("log.blogpost.delete", "log"),
    ("log.blogcomment.add", "log"),
    ("log.blogcomment.user.get", "log"),
    ("log.blogcomment.delete", "log"),
];

/// A method's name as the table has it, and its scope; the name may come in any case.
pub(crate) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let mut all = METHODS.iter();
    all.find(|(own, _)| own.eq_ignore_ascii_case(name)).copied()
}

/// The scope of a method, by its exact name. A name that is not in the table does not compile.
pub(crate) const fn scope_of(name: &str) -> &'static str {
    let mut number = 0;
    while number < METHODS.len() {
        if equal(METHODS[number].0, name) {
            return METHODS[number].1;
        }
        number += 1;
    }
    panic!("the table of methods lacks this name")
}

/// Texts can't be compared by `==` in a constant.
const fn equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
