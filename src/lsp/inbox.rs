//! Messages that wait to be answered. One thread puts them in as they come, so that a wish to cancel is known at once, also to the
//! work that goes on.

use lsp_server::{Message, Request, RequestId};
use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The messages of a client, in order.
#[derive(Default)]
pub struct Inbox {
    state: Mutex<State>,
    arrived: Condvar,
    /// What is worked at is of no use any more.
    stop: AtomicBool,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Message>,
    cancelled: HashSet<RequestId>,
    closed: bool,
    work: Work,
}

/// What is worked at, by what makes it vain.
#[derive(Clone, Debug, Default)]
pub enum Work {
    /// Nothing that could be vain.
    #[default]
    Nothing,
    /// Its client takes it back; or, where its answer is of the moment, the text changes or the same is asked again.
    Answer(Asked),
    /// The text of the document at that address changes.
    Findings(String),
    /// Whatever comes: it can wait.
    Leisure,
}

/// What of a request tells whether its answer is still wanted.
#[derive(Clone, Debug)]
pub struct Asked {
    id: RequestId,
    pub method: String,
    document: Option<String>,
}

/// What comes next.
#[derive(Debug)]
pub enum Next {
    Message(Message),
    /// Nothing, for a while.
    Quiet,
    /// Nothing any more.
    Closed,
}

/// Whether an answer is still wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Yes,
    /// The client has taken the request back.
    Cancelled,
    /// The text has changed since, or the same was asked again.
    Outdated,
}

/// Requests whose answer is of no use once the text has changed or the same is asked again.
const OF_THE_MOMENT: [&str; 5] = [
    "textDocument/diagnostic",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/inlayHint",
    "textDocument/documentSymbol",
];

/// Requests that may take long: they are served one after the other.
const LONG: [&str; 2] = ["workspace/diagnostic", "workspace/executeCommand"];

impl Inbox {
    /// Puts a message behind the others.
    pub fn put(&self, message: Message) {
        let mut state = self.lock();
        match cancelled(&message) {
            Some(id) => {
                state.cancelled.insert(id);
            }
            None => state.waiting.push_back(message),
        }
        if !self.stop.load(Ordering::Relaxed) && state.is_vain() {
            self.stop.store(true, Ordering::Relaxed);
        }
        self.arrived.notify_one();
    }

    /// No more messages will come.
    pub fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_one();
    }

    /// The next message; waits for one, but no longer than `patience` where there is any.
    pub fn next(&self, patience: Option<Duration>) -> Next {
        let mut state = self.lock();
        loop {
            if let Some(message) = state.waiting.pop_front() {
                return Next::Message(message);
            }
            // What is cancelled from now on has not been seen yet.
            state.cancelled.clear();
            if state.closed {
                return Next::Closed;
            }
            state = match patience {
                None => self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(patience) => {
                    let (state, over) =
                        self.arrived.wait_timeout(state, patience).unwrap_or_else(PoisonError::into_inner);
                    if over.timed_out() && state.waiting.is_empty() {
                        return Next::Quiet;
                    }
                    state
                }
            };
        }
    }

    /// The next message, if there is one and it is soon dealt with.
    pub fn next_short(&self) -> Option<Message> {
        let mut state = self.lock();
        let is_long = |message: &Message| matches!(message, Message::Request(r) if LONG.contains(&r.method.as_str()));
        match state.waiting.front() {
            Some(message) if !is_long(message) => state.waiting.pop_front(),
            _ => None,
        }
    }

    /// Whether a message waits.
    pub fn has_more(&self) -> bool {
        !self.lock().waiting.is_empty()
    }

    /// Notes what is worked at from now on.
    pub fn take_up(&self, work: Work) {
        let mut state = self.lock();
        state.work = work;
        self.stop.store(state.is_vain(), Ordering::Relaxed);
    }

    /// What is worked at.
    pub fn work(&self) -> Work {
        self.lock().work.clone()
    }

    /// True as soon as what is worked at is of no use any more.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether the answer to a request, which was taken out, is still wanted.
    pub fn wants(&self, asked: &Asked) -> Wanted {
        self.lock().wants(asked)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wants(&self, asked: &Asked) -> Wanted {
        if self.cancelled.contains(&asked.id) {
            return Wanted::Cancelled;
        }
        let Some(uri) = asked.document.as_deref() else { return Wanted::Yes };
        let outdates = |message: &Message| match message {
            Message::Request(r) => r.method == asked.method && document(&r.params) == Some(uri),
            other => changes(other, uri),
        };
        let is_outdated = OF_THE_MOMENT.contains(&asked.method.as_str()) && self.waiting.iter().any(outdates);
        if is_outdated { Wanted::Outdated } else { Wanted::Yes }
    }

    fn is_vain(&self) -> bool {
        match &self.work {
            Work::Nothing => false,
            Work::Answer(asked) => self.wants(asked) != Wanted::Yes,
            Work::Findings(uri) => self.waiting.iter().any(|message| changes(message, uri)),
            Work::Leisure => !self.waiting.is_empty(),
        }
    }
}

impl Asked {
    pub fn of(request: &Request) -> Asked {
        let document = document(&request.params).map(str::to_owned);
        Asked { id: request.id.clone(), method: request.method.clone(), document }
    }
}

/// Whether a message says that a document has changed.
fn changes(message: &Message, uri: &str) -> bool {
    matches!(message, Message::Notification(n) if n.method == "textDocument/didChange" && document(&n.params) == Some(uri))
}

/// The request that a message takes back.
fn cancelled(message: &Message) -> Option<RequestId> {
    match message {
        Message::Notification(n) if n.method == "$/cancelRequest" => {
            serde_json::from_value(n.params["id"].clone()).ok()
        }
        _ => None,
    }
}

/// The document that a message is about.
fn document(params: &serde_json::Value) -> Option<&str> {
    params["textDocument"]["uri"].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Notification;
    use serde_json::json;

    fn request(id: i32, method: &str, uri: &str) -> Message {
        let params = json!({ "textDocument": { "uri": uri } });
        Message::Request(Request { id: id.into(), method: method.to_owned(), params })
    }

    fn notification(method: &str, params: serde_json::Value) -> Message {
        Message::Notification(Notification { method: method.to_owned(), params })
    }

    fn next(inbox: &Inbox) -> Wanted {
        match inbox.next(None) {
            Next::Message(Message::Request(request)) => inbox.wants(&Asked::of(&request)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_waits_with_patience_hears_that_it_is_quiet() {
        assert!(matches!(Inbox::default().next(Some(Duration::from_millis(1))), Next::Quiet));
    }

    #[test]
    fn a_request_is_taken_back_by_what_comes_behind_it() {
        let inbox = Inbox::default();
        inbox.put(request(1, "textDocument/hover", "file:///a"));
        inbox.put(request(2, "textDocument/hover", "file:///a"));
        inbox.put(request(3, "textDocument/hover", "file:///b"));
        inbox.put(request(4, "textDocument/diagnostic", "file:///b"));
        inbox.put(request(5, "textDocument/rename", "file:///b"));
        inbox.put(notification("textDocument/didChange", json!({ "textDocument": { "uri": "file:///b" } })));
        inbox.put(notification("$/cancelRequest", json!({ "id": 3 })));
        inbox.close();
        assert_eq!(next(&inbox), Wanted::Outdated, "the same was asked again");
        assert_eq!(next(&inbox), Wanted::Yes);
        assert_eq!(next(&inbox), Wanted::Cancelled);
        assert_eq!(next(&inbox), Wanted::Outdated, "the text changes");
        assert_eq!(next(&inbox), Wanted::Yes, "a rename is a deed, not a view");
        assert!(matches!(inbox.next(None), Next::Message(Message::Notification(_))));
        assert!(matches!(inbox.next(None), Next::Closed));
    }

    /// Whether work is to stop when a message comes.
    fn stops(work: Work, message: Message) -> bool {
        let inbox = Inbox::default();
        inbox.take_up(work);
        assert!(!inbox.stop().load(Ordering::Relaxed));
        inbox.put(message);
        inbox.stop().load(Ordering::Relaxed)
    }

    #[test]
    fn work_stops_when_it_becomes_vain() {
        let asked = |method: &str| match request(1, method, "file:///a") {
            Message::Request(request) => Work::Answer(Asked::of(&request)),
            other => panic!("{other:?}"),
        };
        let change = |uri: &str| notification("textDocument/didChange", json!({ "textDocument": { "uri": uri } }));
        let cancel = |id: i32| notification("$/cancelRequest", json!({ "id": id }));
        let findings = || Work::Findings("file:///a".to_owned());
        for (work, message, expected) in [
            (asked("textDocument/diagnostic"), cancel(1), true),
            (asked("textDocument/diagnostic"), cancel(2), false),
            (asked("textDocument/diagnostic"), change("file:///a"), true),
            (asked("textDocument/diagnostic"), change("file:///b"), false),
            (asked("textDocument/rename"), change("file:///a"), false),
            (asked("textDocument/rename"), cancel(1), true),
            (findings(), change("file:///a"), true),
            (findings(), request(2, "textDocument/hover", "file:///a"), false),
            (Work::Leisure, request(2, "textDocument/hover", "file:///b"), true),
            (Work::Nothing, change("file:///a"), false),
        ] {
            assert_eq!(stops(work.clone(), message.clone()), expected, "{work:?}, {message:?}");
        }
    }
}
