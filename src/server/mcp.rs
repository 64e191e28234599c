//! The Model Context Protocol: tools and resources for an assistant that runs beside the desk.
//!
//! Decodes what the client asks and hands it to the tools; the protocol itself is the library's. Questions are answered on
//! threads of their own, so that a long check does not hold up the others.

mod add_term;
mod brief;
mod check;
mod fuzzy_match;
mod hearing;
mod lookup;
mod resources;
mod suggest;
mod tools;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult, ContentBlock,
    Implementation, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, ServerInitializeError};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use tokio::sync::Semaphore;
use tokio::{io, runtime, task};

use crate::server::mcp::hearing::Hearing;
use crate::server::mcp::tools::{Answer, Refusal, TOOLS, ToolEntry};
use crate::server::readers::Readers;

/// So many questions are answered at once; others wait for their turn.
const AT_ONCE: usize = 4;

/// What an assistant is told of the server as a whole.
const INSTRUCTIONS: &str = "tongsa knows the agreed forms of names and terms in English, Korean and Chinese news: people, offices, \
    institutions, places. Before you translate or write such a text, call `brief` with the source text and use its renderings. \
    Call `lookup` for a single name in any script, `suggest` only where nothing is recorded, and say then that the form is \
    unverified. Call `check` on what has been written, with the source text where there is one. `match` finds earlier \
    translations of a sentence. Never make up the Chinese characters of a Korean name.";

/// Why the server has ended otherwise than by the client going away.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// What came first was no client of the protocol.
    #[error("the client does not speak the Model Context Protocol: {0}")]
    NoClient(String),
    /// The task that serves has failed, or could not be begun.
    #[error("the server has failed: {0}; start it again")]
    Failed(String),
}

/// A server over one store.
pub struct McpServer {
    readers: Arc<Readers>,
    may_write: bool,
    turns: Arc<Semaphore>,
}

impl McpServer {
    /// Serves a store; tools that change it are there only where `may_write` says so.
    pub fn new(readers: Readers, may_write: bool) -> Self {
        Self { readers: Arc::new(readers), may_write, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    fn tools(&self) -> impl Iterator<Item = &'static ToolEntry> {
        let may_write = self.may_write;
        TOOLS.iter().filter(move |tool| may_write || !tool.writes)
    }

    /// Does a job on a thread of its own. A job that is cancelled before its turn is not begun; what a later one finds is
    /// dropped.
    async fn apart<T: Send + 'static>(
        &self,
        context: &RequestContext<RoleServer>,
        job: impl FnOnce(&Readers) -> T + Send + 'static,
    ) -> Result<T, ErrorData> {
        let (readers, turns) = (Arc::clone(&self.readers), Arc::clone(&self.turns));
        let failed = || ErrorData::internal_error("the question could not be answered; ask again", None);
        let answered = async move {
            let turn = turns.acquire_owned().await.map_err(|_| failed())?;
            let done = task::spawn_blocking(move || {
                let done = job(&readers);
                drop(turn);
                done
            });
            done.await.map_err(|_| failed())
        };
        let cancelled = || ErrorData::internal_error("the question was taken back", None);
        context.ct.run_until_cancelled(answered).await.ok_or_else(cancelled)?
    }
}

/// Serves one client over standard input and output until it goes away; not from within a runtime, since it makes its own.
pub fn serve(server: McpServer) -> Result<(), McpError> {
    let failed = |error: std::io::Error| McpError::Failed(error.to_string());
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let served = runtime.block_on(converse(server));
    // A read from standard input that is still waiting cannot be ended.
    runtime.shutdown_background();
    served
}

async fn converse(server: McpServer) -> Result<(), McpError> {
    let (input, heard) = Hearing::new(io::stdin());
    let no_beginning = || McpError::NoClient("it has not begun with `initialize`".into());
    let running = match rmcp::serve_server(server, (input, io::stdout())).await {
        Ok(running) => running,
        // The library passes over what is no message, and so would whoever wonders why there is no answer.
        Err(ServerInitializeError::ConnectionClosed(_)) if heard.load(Ordering::Relaxed) => return Err(no_beginning()),
        // A client that goes away at once, or that does not listen any more, has nothing to be told.
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::TransportError { .. }) => return Ok(()),
        Err(ServerInitializeError::ExpectedInitializeRequest(_)) => {
            return Err(no_beginning());
        }
        Err(error) => return Err(McpError::NoClient(error.to_string())),
    };
    running.waiting().await.map(drop).map_err(|error| McpError::Failed(error.to_string()))
}

impl ServerHandler for McpServer {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_completions().enable_resources().enable_tools().build();
        let tongsa = Implementation::new("tongsa", env!("CARGO_PKG_VERSION")).with_title("tongsa: names across languages");
        ServerConfig::new(capabilities).with_server_info(tongsa).with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools().find(|tool| tool.name == name).map(|tool| (tool.describe)())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools().map(|tool| (tool.describe)()).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.tools().find(|tool| tool.name == request.name) else {
            let known: Vec<&str> = self.tools().map(|tool| tool.name).collect();
            let sentence = format!("there is no tool {}; there are {}", request.name, known.join(", "));
            return Err(ErrorData::invalid_params(sentence, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        let answered = self.apart(&context, move |readers| (tool.answer)(readers, arguments)).await?;
        Ok(CallToolResponse::from(result(answered)))
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        self.apart(&context, move |readers| resources::list(readers, cursor.as_deref())).await?
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(vec![resources::template()]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.apart(&context, move |readers| resources::read(readers, &request.uri)).await?.map(ReadResourceResponse::from)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        self.apart(&context, move |readers| resources::complete(readers, &request)).await?
    }
}

/// A refusal is a result, so that the assistant reads the sentence and can ask again.
fn result(answered: Result<Answer, Refusal>) -> CallToolResult {
    match answered {
        Ok(Answer { text, json }) => {
            let mut result = CallToolResult::structured(json);
            result.content = vec![ContentBlock::text(text)];
            result
        }
        Err(Refusal(sentence)) => CallToolResult::error(vec![ContentBlock::text(sentence)]),
    }
}
