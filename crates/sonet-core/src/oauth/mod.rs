//! Applications: authorization, tokens, and their refresh.

mod app;
mod authorized;
mod callback;
mod close;
mod grant;
mod refresh;
mod store;
mod token_response;
mod tokens;

pub use app::App;
pub use callback::Callback;
pub use close::Close;
pub use store::{Lease, MemoryStore, TokenStore};
pub use tokens::Tokens;

pub(crate) use authorized::{Auth, AuthState, Authorized, PairId, SeenRefreshes};
pub(crate) use grant::Grant;
pub(crate) use refresh::Refresh;
