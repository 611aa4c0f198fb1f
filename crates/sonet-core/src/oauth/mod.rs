//! Applications: authorization, and the tokens that they have.

mod app;
mod auth;
mod authorized;
mod callback;
mod grant;
mod installation;
mod single_flight;
mod store;
mod token_response;
mod token_state;
mod tokens;

pub use app::App;
pub use callback::Callback;
pub use installation::Installation;
pub use store::{Lease, MemoryStore, Superseded, TokenStore};
pub use tokens::Tokens;

pub(crate) use auth::{Auth, AuthState, PairId, RefreshTicket, SeenRefreshes};
pub(crate) use authorized::{Authorized, CloseStep};
pub(crate) use grant::{BODY_LIMIT, Grant};
pub(crate) use single_flight::LEASE;
pub(crate) use token_response::KnownPair;
pub(crate) use token_state::{Begin, NewPair};
