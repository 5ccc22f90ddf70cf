-- A real Neovim against the server, set up as docs/editors.md says for its version. Started by tests/editors/run, in an empty folder,
-- with the repository's root in $ORTHONYM_ROOT and orthonym on the path. Ends with status 1 at the first thing that does not hold.

local root = assert(os.getenv("ORTHONYM_ROOT"), "ORTHONYM_ROOT is not set")
local modern = vim.fn.has("nvim-0.11") == 1

local function fail(message)
  io.stdout:write("not ok - " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function ok(message)
  io.stdout:write("ok - " .. message .. "\n")
end

--- Waits until a condition holds; what the editor shows comes from the server, when it comes.
local function await(message, holds)
  if not vim.wait(30000, holds, 20) then
    fail(message)
  end
  ok(message)
end

--- The Lua block under a heading of the guide.
local function guide(heading)
  local text = table.concat(vim.fn.readfile(root .. "/docs/editors.md"), "\n")
  local _, from = text:find("\n### " .. heading .. "\n", 1, true)
  if not from then
    fail("docs/editors.md has no " .. heading)
  end
  return text:sub(from):match("```lua\n(.-)\n```")
end

local function buffer_text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
end

--- What the command line finds in the file on disk, as the editor counts: lines and bytes from 0.
local function of_command_line()
  local found = {}
  for _, line in ipairs(vim.fn.systemlist({ "orthonym", "check", "--output-format", "json-lines", "article.txt" })) do
    local finding = vim.fn.json_decode(line)
    local start = finding.range.start
    local in_line = vim.api.nvim_buf_get_lines(0, start.line - 1, start.line, false)[1]
    local column = vim.str_byteindex(in_line, start.column - 1)
    table.insert(found, ("%d:%d %s"):format(start.line - 1, column, finding.rule))
  end
  table.sort(found)
  return found
end

local function of_editor()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local code = diagnostic.code or diagnostic.user_data.lsp.code
    table.insert(found, ("%d:%d %s"):format(diagnostic.lnum, diagnostic.col, code))
  end
  table.sort(found)
  return found
end

--- Asks for code actions at the cursor and takes the one whose title is wanted.
local function take_action(only, wanted)
  local titles = {}
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      table.insert(titles, action.title)
      if wanted(action) then
        choose(item)
        return
      end
    end
  end
  local context = { only = only }
  vim.lsp.buf.code_action(modern and { context = context, apply = true } or context)
  return titles
end

local function main()
  assert(loadstring(guide(modern and "Neovim 0.11 and newer" or "Neovim 0.7 to 0.10")))()

  local article = {
    "The café’s German magazine, Der Shbigel, was sold out.",
    "",
    "The French newspaper Lu Mond and Der Shbigel wrote about it.",
  }
  vim.fn.writefile(article, "article.txt")
  vim.cmd("edit article.txt")

  await("diagnostics appear", function()
    return #vim.diagnostic.get(0) > 0
  end)
  local expected, shown = of_command_line(), of_editor()
  if not vim.deep_equal(expected, shown) then
    fail("the command line and the editor agree\n" .. vim.inspect({ command_line = expected, editor = shown }))
  end
  ok(("the command line and the editor agree on %d findings"):format(#expected))

  vim.api.nvim_win_set_cursor(0, { 1, (article[1]:find("Der", 1, true)) })
  local titles = take_action({ "quickfix" }, function(action)
    return action.title:find("Der Spiegel", 1, true)
  end)
  await("a code action changes the buffer", function()
    return buffer_text():find("magazine, Der Spiegel, was", 1, true) ~= nil
  end)
  if not buffer_text():find("and Der Shbigel wrote", 1, true) then
    fail("it changes one place only: " .. vim.inspect(titles))
  end

  vim.api.nvim_buf_set_lines(0, -1, -1, false, { "", "The journalist Eduy Blenil left." })
  await("text that is not saved is checked", function()
    return vim.tbl_contains(of_editor(), "4:15 names/mistransliteration")
  end)

  local fixed = vim.fn.system("orthonym check - --stdin-filename article.txt --fix 2>/dev/null", buffer_text())
  take_action({ "source.fixAll.orthonym" }, function()
    return true
  end)
  await("source.fixAll.orthonym fixes what --fix fixes", function()
    return buffer_text() == fixed
  end)
  if fixed:find("Shbigel", 1, true) or fixed:find("Eduy", 1, true) then
    fail("the fixed text is right: " .. fixed)
  end
  await("the findings that are fixed disappear", function()
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      if diagnostic.message:find("Shbigel", 1, true) or diagnostic.message:find("Eduy", 1, true) then
        return false
      end
    end
    return true
  end)
  vim.cmd("silent write")
end

local done, problem = pcall(main)
if not done then
  fail(tostring(problem))
end
vim.cmd("quitall")
