-- Run inside Neovim with a text open: waits for what the server finds, jumps, renames, and ends.
local function fail(words)
  io.stderr:write(words .. "\n")
  vim.cmd("cquit 1")
end

vim.cmd("doautocmd BufRead")
local function clients()
  return vim.lsp.get_active_clients and vim.lsp.get_active_clients() or vim.lsp.get_clients()
end
if not vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end, 50) then
  fail("no diagnostics; clients: " .. #clients())
end
local codes = {}
for _, found in ipairs(vim.diagnostic.get(0)) do codes[found.code or "?"] = true end
if not codes["SS0011"] then fail("SS0011 was not found: " .. vim.inspect(vim.diagnostic.get(0))) end

local parameters = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = 0, character = 49 } }
local answers = vim.lsp.buf_request_sync(0, "textDocument/definition", parameters, 25000)
local _, answer = next(answers or {})
if not answer or not answer.result or answer.result[1].range.start.character ~= 27 then
  fail("no definition: " .. vim.inspect(answers))
end
local edits = vim.lsp.buf_request_sync(0, "textDocument/rename",
  vim.tbl_extend("force", parameters, { newName = "Lift" }), 25000)
local _, edit = next(edits or {})
vim.lsp.util.apply_workspace_edit(edit.result, "utf-16")
local text = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
if text ~= "contract Gate { in message Lift(); state Shut: Lift? -> Sut; }" then fail("renamed wrongly: " .. text) end
io.stdout:write("ok    Neovim " .. tostring(vim.version().major) .. "." .. tostring(vim.version().minor)
  .. " shows diagnostics, jumps and renames\n")
vim.cmd("qall!")
