-- Neovim as a desk uses it: opens a draft, types, reads the findings, takes a fix, looks at a card, and completes a name.
--
-- Run with TONGSA (the program), TONGSA_STORE and DRAFT (a Markdown file) in the environment; the last line is "done", or what
-- is not as it has to be.

local draft = vim.env.DRAFT

local function finish(sentence)
  io.stdout:write(sentence .. "\n")
  vim.cmd(sentence == "done" and "qall!" or "cquit")
end

local function expect(expected, found, what)
  if not vim.deep_equal(expected, found) then
    finish(what .. ": expected " .. vim.inspect(expected) .. ", found " .. vim.inspect(found))
  end
end

local function found()
  local words = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, true)[1]
    table.insert(words, one.code .. " " .. line:sub(one.col + 1, one.end_col))
  end
  return words
end

local function wait_for(expected, what)
  vim.wait(60000, function() return vim.deep_equal(expected, found()) end, 20)
  expect(expected, found(), what)
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.error then finish(method .. ": " .. vim.inspect(answer.error)) end
    return answer.result
  end
  finish(method .. ": no answer")
end

local function position(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params(0, "utf-16")
end

local function check()
  vim.cmd("edit " .. vim.fn.fnameescape(draft))
  vim.bo.filetype = "markdown"
  local client = vim.lsp.start_client({
    name = "tongsa",
    cmd = { vim.env.TONGSA, "lsp" },
    root_dir = vim.fn.fnamemodify(draft, ":h"),
  })
  vim.lsp.buf_attach_client(0, client)
  wait_for({ "wrong-reading 습근평" }, "after opening")

  -- A line with characters of two units is typed above, and one behind.
  vim.api.nvim_buf_set_lines(0, 0, 0, true, { "😀𠮷 둘", "" })
  vim.api.nvim_buf_set_text(0, 2, 0, 2, 0, { "𠮷 조락제은 떠났다. " })
  wait_for({ "wrong-reading 조락제", "wrong-reading 습근평" }, "after typing")

  local place = position(3, 6)
  local params = { textDocument = place.textDocument, context = { diagnostics = {} } }
  params.range = { start = place.position, ["end"] = place.position }
  local actions = ask("textDocument/codeAction", params)
  expect("Write 자오러지는", actions[1].title, "the first action")
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  wait_for({ "wrong-reading 습근평" }, "after the fix")
  local line = vim.api.nvim_buf_get_lines(0, 2, 3, true)[1]
  expect("𠮷 자오러지는 떠났다. ", line:sub(1, #"𠮷 자오러지는 떠났다. "), "the fixed line")

  local card = ask("textDocument/hover", position(3, 6))
  expect(true, card.contents.value:find("`npc.zhao-leji`", 1, true) ~= nil, "the card")

  vim.api.nvim_buf_set_lines(0, -1, -1, true, { "리차" })
  -- Behind the last character, where the cursor stands while one types.
  local behind = position(vim.api.nvim_buf_line_count(0), 0)
  behind.position.character = 2
  local list = ask("textDocument/completion", behind)
  expect("리창", list.items[1].label, "the name")
  finish("done")
end

local fine, problem = pcall(check)
if not fine then finish(tostring(problem)) end
