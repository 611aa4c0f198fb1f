//! Tests code of one's own without a socket: a transport gives canned answers and keeps what was asked.
//!
//! ```text
//! cargo run -p sonet-async --example mock    # against a simulated portal inside this program
//! cargo test -p sonet-async --example mock   # the unit tests, with canned answers
//! ```

use sonet_async::sonet_group::{Create, user};
use sonet_async::{Client, Error, Refusal, UserId};

/// What is to be tested: makes a group, invites people, and says how many were invited. If the group is deleted in the
/// meantime, that is nobody.
async fn begin(client: &Client, name: &str, people: &[UserId]) -> Result<usize, Error> {
    let group = client.call(&Create::new(name)).await?;
    let invite = user::Invite::new(group, people.iter().copied());
    match client.call(&invite).await {
        Ok(invited) => Ok(invited.len()),
        Err(error) if error.is(Refusal::GroupNotFound) => Ok(0),
        Err(error) => Err(error),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The portal is the other way to test: it keeps what is written, and checks who may.
    let portal = sonet_portal::Portal::builder().start()?;
    let client = Client::webhook(&portal.webhook())?;
    let invited = begin(&client, "Rust", &[UserId::new(2), UserId::new(3)]).await?;
    println!("{invited} invited");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io;
    use std::sync::{Arc, Mutex};

    use sonet_async::bytes::Bytes;
    use sonet_async::http::{Request, Response, StatusCode};
    use sonet_async::serde_json::{self, Value, json};
    use sonet_async::{Config, Executed, NoRetry, NotSent, RequestInfo, Transport, TransportError};

    use super::*;

    /// Canned answers, in the order in which they are given out, and what was asked.
    #[derive(Default)]
    struct Mock {
        answers: Mutex<VecDeque<Result<(StatusCode, Value), TransportError>>>,
        asked: Mutex<Vec<(String, Value)>>,
    }

    impl Mock {
        fn answer(&self, status: StatusCode, body: Value) {
            self.answers.lock().unwrap().push_back(Ok((status, body)));
        }

        fn fail(&self, error: impl Into<TransportError>) {
            self.answers.lock().unwrap().push_back(Err(error.into()));
        }

        /// The methods that were called, with their parameters.
        fn asked(&self) -> Vec<(String, Value)> {
            self.asked.lock().unwrap().clone()
        }
    }

    impl Transport for Mock {
        async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
            let method = request.extensions().get().and_then(RequestInfo::method);
            let method = method.unwrap_or("the token server").to_owned();
            let params = serde_json::from_slice(request.body())?;
            self.asked.lock().unwrap().push((method.clone(), params));
            let answer = self.answers.lock().unwrap().pop_front();
            let (status, body) = answer.ok_or(format!("no answer for {method}"))??;
            let mut response = Response::new(Bytes::from(body.to_string()));
            *response.status_mut() = status;
            Ok(response)
        }
    }

    fn client(mock: &Arc<Mock>) -> Client {
        let config = Config::webhook("https://portal.example.com/rest/1/secret/").unwrap();
        Client::with_transport(config.retry(NoRetry), Arc::clone(mock)).unwrap()
    }

    const PEOPLE: [UserId; 2] = [UserId::new(5), UserId::new(8)];

    #[tokio::test]
    async fn people_are_invited_to_the_group_that_was_made() {
        let mock = Arc::new(Mock::default());
        mock.answer(StatusCode::OK, json!({"result": 77}));
        mock.answer(StatusCode::OK, json!({"result": ["5"]}));
        let invited = begin(&client(&mock), "Rust", &PEOPLE).await;
        assert_eq!(invited.unwrap(), 1);
        let create = ("sonet_group.create", json!({"NAME": "Rust"}));
        let invite = json!({"GROUP_ID": 77, "USER_ID": [5, 8]});
        let invite = ("sonet_group.user.invite", invite);
        let expected = [create, invite].map(|(method, params)| (method.to_owned(), params));
        assert_eq!(mock.asked(), expected);
    }

    #[tokio::test]
    async fn a_group_that_is_gone_is_no_error() {
        let mock = Arc::new(Mock::default());
        mock.answer(StatusCode::OK, json!({"result": 77}));
        let refusal = json!({"error": "", "error_description": "Socialnetwork group not found"});
        mock.answer(StatusCode::BAD_REQUEST, refusal);
        let invited = begin(&client(&mock), "Rust", &PEOPLE).await;
        assert_eq!(invited.unwrap(), 0);
    }

    #[tokio::test]
    async fn nobody_is_invited_to_a_group_whose_making_is_lost() {
        for (error, executed) in [
            (
                TransportError::from("the connection broke"),
                Executed::Unknown,
            ),
            (
                NotSent::new(io::Error::other("no route")).into(),
                Executed::No,
            ),
        ] {
            let mock = Arc::new(Mock::default());
            mock.fail(error);
            let error = begin(&client(&mock), "Rust", &PEOPLE).await.unwrap_err();
            assert_eq!((error.executed(), mock.asked().len()), (executed, 1));
        }
    }
}
