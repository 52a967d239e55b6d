-- thr in Neovim: two lines in init.lua are
--   vim.opt.runtimepath:append("/path/to/thr/grammar/vim")
--   dofile("/path/to/thr/grammar/neovim/thr.lua")
-- The first colours and indents, the second starts the language server, `thr lsp`.

-- The folder of the project around a file: the nearest with a `.git` or `.hg`, else the file's own,
-- wherever Neovim was started. (`vim.fs.root` does the same, from Neovim 0.10 on.)
local function root(buffer)
  local own = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p:h")
  if vim.fn.isdirectory(own) == 0 then return vim.fn.getcwd() end
  local folder = own
  while true do
    for _, marker in ipairs({ ".git", ".hg" }) do
      if vim.loop.fs_stat(folder .. "/" .. marker) then return folder end
    end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then return own end
    folder = parent
  end
end

-- From Neovim 0.10 on hints are known, but hidden unless asked for; before, values are diagnostics.
local function show_values(_, buffer)
  if vim.lsp.inlay_hint then vim.lsp.inlay_hint.enable(true, { bufnr = buffer }) end
end

-- Before Neovim 0.10 the server reports values as diagnostics: they are shown at the ends of lines,
-- but not underlined, counted or stepped through as problems.
local values = vim.api.nvim_create_namespace("thr-values")

local function show_diagnostics(problem, result, context, config)
  local buffer = result and vim.uri_to_bufnr(result.uri)
  if buffer and vim.api.nvim_buf_is_loaded(buffer) then
    vim.api.nvim_buf_clear_namespace(buffer, values, 0, -1)
    local problems = {}
    for _, diagnostic in ipairs(result.diagnostics) do
      local line = diagnostic.range["end"].line
      if diagnostic.source ~= "thr value" then
        table.insert(problems, diagnostic)
      elseif line < vim.api.nvim_buf_line_count(buffer) then
        vim.api.nvim_buf_set_extmark(buffer, values, line, 0, {
          virt_text = { { diagnostic.message, "Comment" } },
        })
      end
    end
    result = vim.tbl_extend("force", result, { diagnostics = problems })
  end
  vim.lsp.diagnostic.on_publish_diagnostics(problem, result, context, config)
end

local handlers = vim.fn.has("nvim-0.10") == 0
  and { ["textDocument/publishDiagnostics"] = show_diagnostics } or nil

-- For completion with CTRL-X CTRL-O, which Neovim 0.7 does not set by itself.
local function attach(client, buffer)
  if vim.bo[buffer].omnifunc == "" then vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc" end
  show_values(client, buffer)
end

-- Before Neovim 0.8, the clients by their folders.
local clients = {}

local function start(event)
  local config = {
    name = "thr", cmd = { "thr", "lsp" }, root_dir = root(event.buf), on_attach = attach,
    handlers = handlers,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = event.buf })
    return
  end
  local client = clients[config.root_dir]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client(config)
    clients[config.root_dir] = client
  end
  vim.lsp.buf_attach_client(event.buf, client)
end

vim.api.nvim_create_autocmd("FileType", { pattern = "thr", callback = start })
