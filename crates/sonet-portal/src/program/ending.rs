//! The end of the program: Ctrl-C, or a signal that asks for it.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// Waits for whatever ends the program.
pub(crate) struct Ending {
    serving: Arc<AtomicBool>,
    asked: Receiver<()>,
}

impl Ending {
    /// Begins to watch. Until there is a server to shut down, the program ends on the spot: making a
    /// large portal takes a while, and nobody has called it yet.
    pub(crate) fn watch() -> Self {
        let serving = Arc::new(AtomicBool::new(false));
        let (ask, asked) = mpsc::channel();
        let own = Arc::clone(&serving);
        let handled = ctrlc::set_handler(move || {
            if !own.load(Ordering::SeqCst) {
                process::exit(0);
            }
            let _ = ask.send(());
        });
        if let Err(error) = handled {
            eprintln!("warning: Ctrl-C will stop the program without a clean shutdown: {error}");
        }
        Self { serving, asked }
    }

    /// From now on there is a server, which whoever waits here shuts down.
    pub(crate) fn serving(&self) {
        self.serving.store(true, Ordering::SeqCst);
    }

    pub(crate) fn wait(self) {
        // Without a handler, only the system ends the program.
        while self.asked.recv().is_err() {
            thread::park();
        }
    }
}
