//! Messages that wait to be answered. One thread puts them in as they come, so that a wish to cancel is known at once.

use lsp_server::{Message, Request, RequestId};
use std::collections::{HashSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The messages of a client, in order.
#[derive(Default)]
pub struct Inbox {
    state: Mutex<State>,
    arrived: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Message>,
    cancelled: HashSet<RequestId>,
    closed: bool,
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

    /// Whether a message waits.
    pub fn has_more(&self) -> bool {
        !self.lock().waiting.is_empty()
    }

    pub fn is_cancelled(&self, id: &RequestId) -> bool {
        self.lock().cancelled.contains(id)
    }

    /// Whether the answer to a request, which was taken out, is still wanted.
    pub fn wants(&self, request: &Request) -> Wanted {
        let state = self.lock();
        if state.cancelled.contains(&request.id) {
            return Wanted::Cancelled;
        }
        let Some(uri) = document(&request.params) else { return Wanted::Yes };
        let outdates = |message: &Message| match message {
            Message::Notification(n) => n.method == "textDocument/didChange" && document(&n.params) == Some(uri),
            Message::Request(r) => r.method == request.method && document(&r.params) == Some(uri),
            Message::Response(_) => false,
        };
        let is_outdated = OF_THE_MOMENT.contains(&request.method.as_str()) && state.waiting.iter().any(outdates);
        if is_outdated { Wanted::Outdated } else { Wanted::Yes }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
            Next::Message(Message::Request(request)) => inbox.wants(&request),
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
}
