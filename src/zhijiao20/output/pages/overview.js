"use strict";
// Every text goes into the page by textContent and every address is a fragment: nothing that was sent becomes markup.
(function () {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const KEYS = { unit: "单位", task: "任务", view: "视图", state: "状态", category: "类别", superior: "上级", chapter: "部分", text: "文字", changed: "变化" };
  const MARKS = { e: ["!", "有错误"], w: ["?", "有疑问"] };
  const WEIGHTS = { error: "错误", warning: "警告", info: "提示" };
  const CHANGED = new Map(Object.entries(data.changes).map(([what, name]) => [what[0], name]));
  const stateNames = new Map(data.states);
  const signs = new Map(data.signs.map(([letter, sign, name]) => [letter, { sign, name, look: letter === "-" ? "none" : letter }]));
  const taskIndex = new Map(data.tasks.map(([id], index) => [id, index]));
  const units = data.units;
  const byLabel = new Map(), byName = new Map();
  units.forEach((unit, index) => {
    unit.index = index;
    byLabel.set(unit.label, unit);
    byName.set(unit.unit, byName.has(unit.unit) ? null : unit);
  });
  const rules = new Map(Object.entries(data.rules));

  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  /* Elements. */

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== ""));
    return node;
  }
  const link = (text, changes, attributes) => el("a", { href: address(changes), ...attributes }, text);
  const badge = (unit) => el("span", { class: `badge s-${unit.state}` }, stateNames.get(unit.state) + (unit.overdue ? "·过期" : ""));
  const signOf = (letter) => el("span", { class: `sign ${signs.get(letter).look}`, "aria-hidden": "true" }, signs.get(letter).sign);
  const heading = (text) => el("h2", { id: "heading", tabindex: "-1" }, text);
  function table(titles, rows, attributes) {
    const head = titles.map((title) => el("th", { scope: "col" }, title));
    return el("table", { class: "list", ...attributes }, el("thead", null, el("tr", null, head)), el("tbody", null, rows));
  }

  function textTable(titles, rows, kind) {
    const made = table(titles, rows, { class: `list cards texts ${kind}` });
    made.prepend(el("colgroup", null, el("col", { class: "what" }), el("col", { class: "how" }), el("col")));
    return made;
  }

  /* What is shown stands in the fragment of the address, so that it can be sent as a link. */

  let chosen = {};
  function readAddress() {
    const found = new Map();
    for (const part of location.hash.slice(1).split("&")) {
      const at = part.indexOf("=");
      if (at > 0) found.set(decoded(part.slice(0, at)), decoded(part.slice(at + 1)));
    }
    const read = {};
    for (const [key, name] of Object.entries(KEYS)) read[key] = found.get(name) || "";
    return read;
  }
  function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }
  function address(changes) {
    const all = { ...chosen, unit: "", task: "", view: "", ...changes };
    const parts = Object.entries(KEYS).filter(([key]) => all[key]).map(([key, name]) => `${name}=${all[key].replace(/[%&=#+\s"<>`]/g, encodeURIComponent)}`);
    return `#${parts.join("&")}`;
  }

  /* Texts, findings and changes are unpacked when they are wanted. */

  const packs = [...document.querySelectorAll("script.pack")];
  const opened = [];
  let all = null, allOpen = false;
  function open(number) {
    if (!opened[number]) opened[number] = unpack(packs[number]);
    return opened[number];
  }
  async function unpack(element) {
    const text = atob(JSON.parse(element.textContent));
    element.remove();
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }
  async function detailsOf(unit) {
    unit.details = (await open(unit.pack[0]))[unit.pack[1]];
    return unit.details;
  }
  function openAll() {
    all = all || (async () => {
      for (const unit of units) {
        const { versions } = await detailsOf(unit);
        unit.sought = versions.map(([, texts]) => Object.values(texts).map((said) => said[1]).join("\n")).join("\n").toLowerCase();
      }
      allOpen = true;
    })();
    return all;
  }

  /* Filters. */

  let shown = units, columns = [], hits = new Map();
  function filter() {
    columns = [];
    data.tasks.forEach((task, index) => { if (!chosen.chapter || task[2] === chosen.chapter) columns.push(index); });
    const wanted = chosen.text.toLowerCase();
    hits = new Map();
    shown = units.filter((unit) =>
      (!chosen.state || stateNames.get(unit.state) === chosen.state) &&
      (!chosen.category || unit.category === chosen.category) &&
      (!chosen.superior || unit.superior === chosen.superior) &&
      (!chosen.changed || columns.some((column) => (unit.changed[column] || ".") !== ".")) &&
      (!wanted || holds(unit, wanted)));
    byId("found").textContent = shown.length === units.length ? `${units.length} 个单位` : `显示 ${shown.length} 个单位，共 ${units.length} 个`;
  }
  function holds(unit, wanted) {
    const found = new Set(), letters = /[a-z]/.test(wanted);
    if (unit.sought.includes(wanted)) {
      for (const [, texts] of unit.details.versions) {
        for (const [task, said] of Object.entries(texts)) if ((letters ? said[1].toLowerCase() : said[1]).includes(wanted)) found.add(taskIndex.get(task));
      }
    }
    if (found.size) hits.set(unit, found);
    return (found.size > 0 && columns.some((column) => found.has(column))) || unit.label.toLowerCase().includes(wanted);
  }
  function fillSelect(id, name, values) {
    const select = byId(id);
    select.append(el("option", { value: "" }, `全部${name}`), ...values.map((value) => el("option", { value }, value)));
    if (!values.length) (byId(`for-${id}`) || select.parentNode).hidden = true;
  }
  const distinct = (key) => [...new Set(units.map((unit) => unit[key]))].filter((value) => value);
  function prepareFilters() {
    fillSelect("category", "类别", distinct("category"));
    fillSelect("superior", "上级", distinct("superior"));
    fillSelect("chapter", "部分", data.chapters);
    byId("for-changed").hidden = byId("to-changes").hidden = !data.compared;
    byId("to-others").hidden = !data.others.length;
    byId("to-others").textContent = `认不出的文件 ${data.others.length}`;
    for (const id of ["category", "superior", "chapter"]) byId(id).addEventListener("change", () => choose({ [id]: byId(id).value }));
    byId("changed").addEventListener("change", () => choose({ changed: byId("changed").checked ? "有" : "" }));
    byId("text").addEventListener("input", (event) => { if (!event.isComposing) chooseText(); });
    byId("text").addEventListener("compositionend", chooseText);
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("clear").addEventListener("click", () => choose({ state: "", category: "", superior: "", chapter: "", text: "", changed: "" }));
    for (const [value, name] of data.states) {
      const number = data.summary[value];
      const button = el("button", { type: "button", class: `s-${value}`, "data-state": name, "data-zero": number ? null : "1" }, el("span", null, name), el("b", null, String(number)));
      button.addEventListener("click", () => choose({ state: chosen.state === name ? "" : name }));
      byId("chips").append(button);
    }
  }
  function chooseText() { choose({ text: byId("text").value.trim().normalize("NFC") }); }
  function choose(changes) {
    const kept = { unit: chosen.unit, task: chosen.task, view: chosen.view };
    history.replaceState(null, "", address({ ...kept, ...changes }));
    show(false);
  }

  /* The matrix: only the cells in sight are made, but all of them for print. */

  const grid = { row: 0, column: -1, top: 0, left: 0, window: "", columns: "", box: null, body: null, corner: null, table: null, printing: false };
  const size = (name) => parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name));
  const cells = new Map();
  function matrix() {
    const view = [heading("各单位、各项任务"), keys()];
    if (!shown.length) return [...view, el("p", null, "没有这样的单位。请改一改筛选。")];
    grid.body = el("tbody");
    grid.corner = el("th", { class: "name", scope: "col", role: "columnheader" });
    const heads = columns.map((column, at) => el("th", { scope: "col", role: "columnheader", class: isFirst(at) ? "first" : null, title: data.tasks[column][1] },
      link(data.tasks[column][0], { task: data.tasks[column][0] }, { tabindex: "-1", "data-head": at })));
    grid.table = el("table", { role: "grid", "aria-labelledby": "heading", "aria-colcount": columns.length + 1 },
      el("thead", null, el("tr", null, grid.corner, heads)), grid.body);
    grid.table.style.setProperty("--columns", columns.length);
    grid.columns = columns.join();
    grid.box = el("div", { class: "grid", tabindex: "-1" }, grid.table);
    grid.box.addEventListener("scroll", () => { grid.top = grid.box.scrollTop; grid.left = grid.box.scrollLeft; requestAnimationFrame(() => draw(false)); });
    grid.box.addEventListener("keydown", onKey);
    grid.box.addEventListener("click", onClick);
    for (const kind of ["mouseover", "focusin"]) grid.box.addEventListener(kind, (event) => tell(event.target));
    return [...view, grid.box, el("p", { id: "hint", class: "hint", "aria-hidden": "true" })];
  }
  const isFirst = (at) => at === 0 || data.tasks[columns[at]][2] !== data.tasks[columns[at - 1]][2];
  function keys() {
    const items = data.signs.map(([letter, , name]) => el("li", null, signOf(letter), name));
    items.push(el("li", null, el("b", { class: "error" }, "!"), "有错误"), el("li", null, el("b", null, "?"), "有疑问"));
    if (data.compared) items.push(el("li", null, el("span", { class: "under" }), "与上期不同"));
    return el("ul", { class: "keys", "aria-label": "记号" }, items);
  }
  function draw(anew) {
    if (!grid.box || !grid.box.isConnected) return;
    const height = size("--row"), width = size("--cell");
    const [first, last] = inSight(grid.box.scrollTop, height, innerHeight, shown.length, 6);
    const [from, to] = inSight(grid.box.scrollLeft, width, innerWidth, columns.length, 4);
    const wanted = [first, last, from, to].join();
    if (!anew && grid.window === wanted) return;
    const focused = grid.body.contains(document.activeElement);
    grid.window = wanted;
    const rows = [];
    for (let row = first; row < last; row++) rows.push(rowOf(row, from, to));
    grid.body.replaceChildren(spacer(first * height), ...rows, spacer((shown.length - last) * height));
    markActive();
    if (focused) (activeElement() || grid.box).focus({ preventScroll: true });
  }
  function inSight(scrolled, each, room, count, more) {
    if (grid.printing) return [0, count];
    const first = Math.max(0, Math.floor(scrolled / each) - more);
    return [Math.min(first, count), Math.min(count, first + Math.ceil(room / each) + 2 * more)];
  }
  function spacer(height) {
    const row = el("tr", { "aria-hidden": "true" }, height ? el("td", { colspan: columns.length + 1 }) : null);
    if (height) row.firstChild.style.height = `${height}px`;
    return row;
  }
  function rowOf(row, from, to) {
    const unit = shown[row];
    const name = el("th", { class: "name", scope: "row", role: "rowheader", title: unit.label },
      el("span", { class: "line" }, link(unit.label, { unit: unit.label }, { tabindex: "-1", "data-name": "1" }), badge(unit)));
    const found = hits.get(unit);
    const gap = (count) => (count > 0 ? el("td", { colspan: count, "aria-hidden": "true" }) : null);
    const made = columns.slice(from, to).map((column, at) => cellOf(unit, column, from + at, found && found.has(column)));
    return el("tr", { "aria-rowindex": row + 2, "data-row": row }, name, gap(from), made, gap(columns.length - to));
  }
  function cellOf(unit, column, at, hit) {
    const letter = unit.states[column], mark = unit.marks[column], diff = unit.changed[column] || ".";
    const key = `${column}${letter}${mark}${diff}${hit ? 1 : 0}${at}`;
    if (!cells.has(key)) {
      const { sign, look } = signs.get(letter);
      const classes = [look, isFirst(at) ? "first" : "", MARKS[mark] ? "mark" : "", diff !== "." ? "diff" : "", hit ? "hit" : ""];
      const words = wordsOf(letter, mark, diff).join("，");
      cells.set(key, el("td", { role: "gridcell", "aria-colindex": at + 2, class: classes.filter(Boolean).join(" "), "data-mark": MARKS[mark] ? MARKS[mark][0] : null,
        "data-at": at, "aria-label": `${data.tasks[column][0]} ${words}`, tabindex: "-1" }, sign));
    }
    return cells.get(key).cloneNode(true);
  }
  function wordsOf(letter, mark, diff) {
    const words = [signs.get(letter).name];
    if (MARKS[mark]) words.push(MARKS[mark][1]);
    if (diff !== ".") words.push(`与上期相比${CHANGED.get(diff)}`);
    return words;
  }
  function activeElement() {
    if (grid.row < 0) return grid.box.querySelector(`a[data-head="${grid.column}"]`);
    const row = grid.body.querySelector(`tr[data-row="${grid.row}"]`);
    return row && row.querySelector(grid.column < 0 ? "a[data-name]" : `td[data-at="${grid.column}"]`);
  }
  function markActive() {
    for (const node of grid.box.querySelectorAll('[tabindex="0"]')) node.setAttribute("tabindex", "-1");
    const active = activeElement() || grid.body.querySelector("a[data-name]");
    if (active) active.setAttribute("tabindex", "0");
  }
  function onKey(event) {
    const height = size("--row"), width = size("--cell"), names = grid.corner.offsetWidth;
    const room = grid.box.clientHeight - grid.corner.offsetHeight - height, across = grid.box.clientWidth - names - width;
    const page = Math.max(1, Math.floor(room / height));
    const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0], Home: [0, -999], End: [0, 999] };
    const move = moves[event.key];
    if (event.altKey || event.metaKey) return;
    if ((event.key === "Enter" || event.key === " ") && grid.row >= 0 && grid.column >= 0) {
      event.preventDefault();
      goTo(shown[grid.row], columns[grid.column]);
    }
    if (!move) return;
    event.preventDefault();
    const far = event.ctrlKey && move[1] ? (move[1] > 0 ? shown.length : -shown.length) : 0;
    const least = grid.column < 0 || Math.abs(move[0]) > 1 || far ? 0 : -1;
    grid.row = Math.max(least, Math.min(shown.length - 1, grid.row + move[0] + far));
    grid.column = Math.max(grid.row < 0 ? 0 : -1, Math.min(columns.length - 1, grid.column + move[1]));
    const top = grid.row * height, left = grid.column * width;
    if (grid.row >= 0 && top < grid.box.scrollTop) grid.box.scrollTop = top;
    if (grid.row >= 0 && top > grid.box.scrollTop + room) grid.box.scrollTop = top - room;
    if (left < grid.box.scrollLeft) grid.box.scrollLeft = Math.max(0, left);
    if (left > grid.box.scrollLeft + across) grid.box.scrollLeft = left - across;
    draw(false);
    markActive();
    (activeElement() || grid.box).focus({ preventScroll: true });
  }
  const goTo = (unit, column) => { location.hash = address({ unit: unit.label, task: data.tasks[column][0] }); };
  function placeOf(node) {
    const row = node.closest("tr[data-row]"), cell = node.closest("td[data-at]");
    return [row ? Number(row.dataset.row) : -1, cell ? Number(cell.dataset.at) : -1];
  }
  function onClick(event) {
    const [row, at] = placeOf(event.target);
    if (row >= 0 && at >= 0) goTo(shown[row], columns[at]);
  }
  function tell(node) {
    const [row, at] = placeOf(node);
    const head = node.closest("th[title]");
    const hint = byId("hint");
    if (row >= 0 && at >= 0) {
      const unit = shown[row], column = columns[at];
      const words = wordsOf(unit.states[column], unit.marks[column], unit.changed[column] || ".");
      hint.textContent = `${unit.label}　${data.tasks[column][0]} ${words.join("，")}　${data.tasks[column][1]}`;
    } else if (row >= 0) hint.textContent = [shown[row].label, shown[row].note].filter(Boolean).join("　");
    else if (head) hint.textContent = `${head.textContent}　${head.title}`;
  }

  /* A unit. */

  async function unitView(name) {
    const unit = [name, name.normalize("NFC"), name.normalize("NFD")].map((one) => byLabel.get(one) || byName.get(one)).find(Boolean);
    if (!unit) return [heading("没有这个单位"), el("p", null, `这里没有“${name}”。`), el("p", null, link("看全部单位", {}))];
    const details = await detailsOf(unit);
    const counts = unit.tasks;
    const facts = [`${counts.assigned} 项任务：填了 ${counts.filled}，不涉及 ${counts.not_applicable}，没有填 ${counts.empty}`,
      `错误 ${unit.errors}，警告 ${unit.warnings}，提示 ${unit.infos}`, unit.superior && `上级：${unit.superior}`, unit.category && `类别：${unit.category}`,
      unit.deadline && `截止：${unit.deadline}`, unit.change && `与上期相比：${unit.change}`];
    const at = shown.indexOf(unit);
    return [el("p", { class: "steps" }, link("← 全部单位", {}), shown[at - 1] ? link(`上一个：${shown[at - 1].label}`, { unit: shown[at - 1].label }) : null, at >= 0 && shown[at + 1] ? link(`下一个：${shown[at + 1].label}`, { unit: shown[at + 1].label }) : null),
      heading(unit.label), el("p", null, badge(unit), unit.note ? ` ${unit.note}` : ""),
      el("ul", { class: "facts" }, facts.filter(Boolean).map((fact) => el("li", null, fact))),
      filesOf(unit), generalFindings(unit, details), answersOf(unit, details)];
  }
  function filesOf(unit) {
    if (!unit.files.length) return el("p", null, "没有收到它的文件。");
    const rows = unit.files.map((file) => el("tr", null, el("th", { scope: "row" }, file.path), el("td", null, file.how || "写的是全称"), el("td", null, [file.problem, file.hint].filter(Boolean).join("。"))));
    return [el("h3", null, "文件"), table(["文件", "怎样认出", "问题"], rows, { class: "list cards" })];
  }
  function generalFindings(unit, details) {
    const found = details.findings.filter((finding) => !taskIndex.has(finding[0]));
    const left = unit.errors + unit.warnings + unit.infos - details.findings.length;
    const more = left > 0 ? el("p", null, `另有 ${left} 处问题没有列出，请用 zhijiao20 validate 看这份文件。`) : null;
    return found.length || more ? [el("h3", null, "整份表的问题"), ...found.map((finding) => findingOf(finding, unit)), more] : [];
  }
  function findingOf(finding, unit) {
    const [, weight, code, message, hint, place, file] = finding;
    const where = [place, unit.files.length > 1 ? file : ""].filter(Boolean).join("，");
    return el("p", { class: `finding ${weight}`, title: rules.get(code) || "" }, el("b", null, WEIGHTS[weight]), ` ${message}`, hint ? `　→ ${hint}` : "", el("span", { class: "file" }, `　${code}${where ? `，${where}` : ""}`));
  }
  function answersOf(unit, details) {
    const byTask = new Map();
    for (const finding of details.findings) byTask.set(finding[0], [...(byTask.get(finding[0]) || []), finding]);
    const changes = new Map(details.changes.map((change) => [change[0], change]));
    const rows = columns.filter((column) => unit.states[column] !== "-" || details.versions.some(([, texts]) => has(texts, data.tasks[column][0]))).map((column) => {
      const [id, text] = data.tasks[column];
      const letter = unit.states[column];
      const said = textsOf(unit, details, id);
      const change = changes.get(id);
      return el("tr", { id: `task-${column}` }, el("th", { scope: "row" }, link(id, { task: id }), ` ${text}`),
        el("td", { class: "nowrap" }, signOf(letter), signs.get(letter).name),
        el("td", null, said, change ? folded(change) : null, (byTask.get(id) || []).map((finding) => findingOf(finding, unit))));
    });
    return [el("h3", null, chosen.chapter ? `填报的文字（${chosen.chapter}）` : "填报的文字"), textTable(["任务", "进展", "落实情况"], rows, "")];
  }
  function textsOf(unit, details, id) {
    const found = details.versions.filter(([, texts]) => has(texts, id) && texts[id][1]);
    return found.map(([file, texts]) => [details.versions.length > 1 ? el("p", { class: "file" }, file) : null, el("p", { class: "said" }, texts[id][1])]).flat();
  }
  function folded(change) {
    const [title, pieces] = changeOf(change).children;
    return pieces ? el("details", null, el("summary", { class: "soft" }, title.textContent), pieces) : title;
  }
  function changeOf([, what, progress, pieces]) {
    const tags = { out: "del", in: "ins", "moved-out": "del", "moved-in": "ins" };
    const marked = pieces.map(([kind, text]) => (tags[kind] ? el(tags[kind], kind.startsWith("moved") ? { class: "moved" } : null, text) : text));
    const title = `与上期相比：${data.changes[what]}${progress ? `，进展 ${progress}` : ""}`;
    return el("div", null, el("p", { class: "soft" }, title), what === "progress" ? null : el("p", { class: "said" }, marked));
  }

  /* Tasks. */

  function tasksView() {
    const rows = columns.map((column) => {
      const [id, text] = data.tasks[column];
      const counts = countsOf(column);
      const assigned = shown.length - (counts.get("-") || 0);
      return el("tr", null, el("th", { scope: "row" }, link(id, { task: id }), ` ${text}`), el("td", { class: "number", "data-title": "应填单位" }, String(assigned)),
        data.signs.filter(([letter]) => letter !== "-").map(([letter, sign, name]) => el("td", { class: `number ${counts.get(letter) ? letter : ""}`, "data-title": `${sign} ${name}` }, String(counts.get(letter) || 0))));
    });
    const titles = data.signs.filter(([letter]) => letter !== "-").map(([, sign, name]) => `${sign} ${name}`);
    return [heading(`各项任务（${shown.length} 个单位）`), table(["任务", "应填单位", ...titles], rows, { class: "list counts" })];
  }
  function countsOf(column) {
    const counts = new Map();
    for (const unit of shown) counts.set(unit.states[column], (counts.get(unit.states[column]) || 0) + 1);
    return counts;
  }
  async function taskView(id) {
    const column = taskIndex.get(id);
    if (column === undefined) return [heading("没有这项任务"), el("p", null, `这里没有“${id}”。`), el("p", null, link("看各项任务", { view: "任务" }))];
    await openAll();
    const [, text, chapter, article] = data.tasks[column];
    const counts = countsOf(column);
    const facts = data.signs.filter(([letter]) => counts.get(letter)).map(([letter, , name]) => el("li", null, signOf(letter), `${name} ${counts.get(letter)}`));
    const near = (step, name) => (data.tasks[column + step] ? link(`${name}：${data.tasks[column + step][0]}`, { task: data.tasks[column + step][0] }) : null);
    const rows = shown.filter((unit) => unit.states[column] !== "-" || textsOf(unit, unit.details, id).length).map((unit) => {
      const change = unit.details.changes.find((one) => one[0] === id);
      const found = unit.details.findings.filter((finding) => finding[0] === id);
      const letter = unit.states[column];
      return el("tr", null, el("th", { scope: "row" }, link(unit.label, { unit: unit.label, task: id })), el("td", { class: "nowrap" }, signOf(letter), signs.get(letter).name),
        el("td", null, textsOf(unit, unit.details, id), change ? el("p", { class: "soft" }, `与上期相比：${data.changes[change[1]]}`) : null, found.map((finding) => findingOf(finding, unit))));
    });
    return [el("p", { class: "steps" }, link("← 各项任务", { view: "任务" }), near(-1, "上一项"), near(1, "下一项")), heading(`${id} ${text}`),
      el("p", { class: "soft" }, `${chapter}　${article}`), el("ul", { class: "facts" }, facts), textTable(["单位", "进展", "落实情况"], rows, "units")];
  }

  /* What changed, and the files that belong to nobody. */

  function changesView() {
    const some = shown.filter((unit) => columns.some((column) => (unit.changed[column] || ".") !== "."));
    const rows = some.map((unit) => {
      const fold = el("details", null, el("summary", null, unit.label, el("span", { class: "soft" }, `　${unit.change}`)));
      fold.addEventListener("toggle", async () => {
        if (!fold.open || fold.children.length > 1) return;
        const details = await detailsOf(unit);
        const wanted = details.changes.filter(([id]) => columns.includes(taskIndex.get(id)));
        if (fold.children.length === 1) fold.append(...wanted.map((change) => el("div", null, el("h3", null, link(change[0], { unit: unit.label, task: change[0] }), ` ${data.tasks[taskIndex.get(change[0])][1]}`), changeOf(change))));
      });
      return fold;
    });
    const same = shown.filter((unit) => unit.change && !unit.changed);
    const not = shown.filter((unit) => !unit.change);
    const list = (title, names) => (names.length ? el("p", null, `${title} ${names.length} 个：${names.join("、")}`) : null);
    return [heading("与上期相比"), el("p", null, `${some.length} 个单位有变化，${same.length} 个没有变化。`), ...rows,
      list("没有比较的（未报、读不了、几份不同）", not.map((unit) => unit.label)), list("只在上期的", data.gone)];
  }
  function othersView() {
    const rows = data.others.map((other) => el("tr", null, el("th", { scope: "row" }, other.path), el("td", null, other.what), el("td", null, other.hint), el("td", null, other.nearest.join("、"))));
    return [heading("认不出是哪个单位的文件"), table(["文件", "这是什么", "怎样办", "名字相近的单位"], rows, { class: "list cards" })];
  }

  /* One view at a time. */

  let turn = 0;
  async function show(moved) {
    const mine = ++turn;
    chosen = readAddress();
    byId("category").value = chosen.category;
    byId("superior").value = chosen.superior;
    byId("chapter").value = chosen.chapter;
    byId("changed").checked = Boolean(chosen.changed);
    if (document.activeElement !== byId("text")) byId("text").value = chosen.text;
    for (const button of byId("chips").children) button.setAttribute("aria-pressed", String(button.dataset.state === chosen.state));
    if (chosen.text && !allOpen) await openAll().catch(() => units.forEach((unit) => { unit.sought = unit.sought || ""; }));
    if (mine !== turn) return;
    filter();
    const views = { 任务: tasksView, 变化: changesView, 文件: othersView };
    const tasks = chosen.task && !chosen.unit;
    const plain = !chosen.unit && !tasks && !has(views, chosen.view);
    if (plain && grid.box && grid.box.isConnected && shown.length && grid.columns === columns.join()) {
      settle(moved);  // the matrix stands already
      done(mine);
      return;
    }
    let view;
    try {
      view = chosen.unit ? unitView(chosen.unit) : tasks ? taskView(chosen.task) : (plain ? matrix : views[chosen.view])();
      if (view instanceof Promise) view = await view;
    } catch (error) {
      view = [heading("打不开"), el("p", null, "这个浏览器太旧，看不了填报的文字。请用新版的 Edge、Chrome、Firefox 或 360 浏览器（极速模式）打开。")];
    }
    if (mine !== turn) return;
    byId("view").replaceChildren(...view.flat(3).filter((node) => node !== null));
    document.title = chosen.unit || chosen.task ? `${byId("heading").textContent} — ${title}` : title;
    if (grid.box && view.includes(grid.box)) settle(moved);
    else if (moved) {
      const row = chosen.unit && chosen.task ? byId(`task-${taskIndex.get(chosen.task)}`) : null;
      byId("heading").focus({ preventScroll: true });
      (row || document.body).scrollIntoView({ block: "start" });
    }
    done(mine);
  }
  function done(mine) {
    const tasks = chosen.task && !chosen.unit;
    const places = { "to-matrix": [{}, !chosen.unit && !tasks && !["任务", "变化", "文件"].includes(chosen.view)], "to-tasks": [{ view: "任务" }, tasks || chosen.view === "任务"], "to-changes": [{ view: "变化" }, chosen.view === "变化"], "to-others": [{ view: "文件" }, chosen.view === "文件"] };
    for (const [id, [changes, here]] of Object.entries(places)) {
      byId(id).setAttribute("href", address(changes));
      if (here) byId(id).setAttribute("aria-current", "page"); else byId(id).removeAttribute("aria-current");
    }
    document.documentElement.dataset.view = chosen.unit ? "unit" : "";
    document.documentElement.dataset.shown = String(mine);
  }
  function settle(moved) {
    grid.row = Math.max(0, Math.min(grid.row, shown.length - 1));
    grid.column = Math.min(grid.column, columns.length - 1);
    grid.corner.textContent = `单位（${shown.length}）`;
    grid.table.setAttribute("aria-rowcount", shown.length + 1);
    if (!moved) grid.top = grid.box.scrollTop = 0;
    draw(true);
    if (grid.box.scrollTop !== grid.top || grid.box.scrollLeft !== grid.left) {
      [grid.box.scrollTop, grid.box.scrollLeft] = [grid.top, grid.left];
      draw(false);
    }
  }
  function print(on) { grid.printing = on; draw(true); }

  const title = document.title;
  prepareFilters();
  byId("app").hidden = false;
  document.documentElement.classList.add("js");
  window.addEventListener("hashchange", () => { if (location.hash !== "#main") show(true); });
  window.addEventListener("resize", () => draw(false));
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  matchMedia("print").addEventListener("change", (event) => print(event.matches));
  show(true).then(() => { (window.requestIdleCallback || setTimeout)(() => openAll().catch(() => {})); });
})();
