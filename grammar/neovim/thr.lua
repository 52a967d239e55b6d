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

-- Before Neovim 0.8, the clients by their folders.
local clients = {}

local function start(event)
  local config = {
    name = "thr", cmd = { "thr", "lsp" }, root_dir = root(event.buf), on_attach = show_values,
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
