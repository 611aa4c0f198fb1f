//! Tests code of one's own without a socket: a transport gives canned answers and keeps what was asked.
//!
//! ```text
//! cargo run -p sonet-blocking --example mock_blocking    # against a simulated portal inside this program
//! cargo test -p sonet-blocking --example mock_blocking   # the unit tests, with canned answers
//! ```

use sonet_blocking::serde_json::json;
use sonet_blocking::socialnetwork::api::workgroup;
use sonet_blocking::sonet_group::{Create, Update};
use sonet_blocking::{Client, Error, GroupId, Raw, Refusal};

/// What is to be tested: moves a group to the archive, and says whether it was still in use. A group that is gone is not.
fn archive(client: &Client, group: GroupId) -> Result<bool, Error> {
    let found = match client.call(&workgroup::Get::new(group)) {
        Ok(found) => found,
        Err(error) if error.is(Refusal::GroupNotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    if found.closed == Some(true) {
        return Ok(false);
    }
    client.call(&Update::new(group).closed(true))?;
    Ok(true)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The portal is the other way to test: it keeps what is written, and checks who may.
    let portal = sonet_portal::Portal::builder().start()?;
    let client = Client::webhook(&portal.webhook())?;
    let group = client.call(&Create::new("Rust"))?;
    println!("archived: {}", archive(&client, group)?);
    println!("and again: {}", archive(&client, group)?);
    let user = Raw::new("user.current", json!({})).read_only();
    println!("by {}", client.call(&user)?["NAME"]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io;
    use std::sync::{Arc, Mutex};

    use sonet_blocking::bytes::Bytes;
    use sonet_blocking::http::{Request, Response, StatusCode};
    use sonet_blocking::serde_json::{self, Value};
    use sonet_blocking::{
        Config, Executed, NoRetry, NotSent, RequestInfo, Transport, TransportError,
    };

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
        fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
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

    const GROUP: GroupId = GroupId::new(77);

    #[test]
    fn a_group_in_use_is_closed() {
        let mock = Arc::new(Mock::default());
        mock.answer(
            StatusCode::OK,
            json!({"result": {"ID": "77", "CLOSED": "N"}}),
        );
        mock.answer(StatusCode::OK, json!({"result": 77}));
        assert!(archive(&client(&mock), GROUP).unwrap());
        let asked = mock.asked();
        assert_eq!(asked[0].0, "socialnetwork.api.workgroup.get");
        let update = json!({"GROUP_ID": 77, "CLOSED": "Y"});
        assert_eq!(asked[1], ("sonet_group.update".to_owned(), update));
    }

    #[test]
    fn a_closed_group_is_left_alone() {
        let mock = Arc::new(Mock::default());
        mock.answer(
            StatusCode::OK,
            json!({"result": {"ID": "77", "CLOSED": "Y"}}),
        );
        assert!(!archive(&client(&mock), GROUP).unwrap());
        assert_eq!(mock.asked().len(), 1);
    }

    #[test]
    fn a_group_that_is_gone_is_no_error() {
        let mock = Arc::new(Mock::default());
        let refusal = json!({
            "error": "SONET_CONTROLLER_WORKGROUP_NOT_FOUND",
            "error_description": "Workgroup not found.",
        });
        mock.answer(StatusCode::BAD_REQUEST, refusal);
        assert!(!archive(&client(&mock), GROUP).unwrap());
    }

    #[test]
    fn an_update_that_is_lost_is_told_and_not_repeated() {
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
            mock.answer(
                StatusCode::OK,
                json!({"result": {"ID": "77", "CLOSED": "N"}}),
            );
            mock.fail(error);
            let error = archive(&client(&mock), GROUP).unwrap_err();
            assert_eq!((error.executed(), mock.asked().len()), (executed, 2));
        }
    }
}
