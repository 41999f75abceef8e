// What is seen: the list by risk, the source of the current place, progress.
const $ = (name) => document.getElementById(name);
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const GROUPS = {
  bad: ["×", "有问题", "bad"], open: ["▲", "待补待核", "open"], warn: ["!", "提醒", "warn"],
  approximate: ["≈", "约数", "plain"], derived: ["＝", "算出来的", "plain"], past: ["◷", "往年的数", "plain"],
  borrowed: ["“", "借自往年的话", "plain"], traced: ["●", "有出处", "plain"], quiet: ["·", "不用出处", "plain"],
};
let current = null;
let listed = [];

function put(parent, text) {
  for (const piece of String(text ?? "").split(/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/)) {
    if (!HIDDEN.test(piece)) { parent.append(piece); continue; }
    const shown = document.createElement("bdi");
    shown.className = "ctl";
    shown.dataset.code = "U+" + piece.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    shown.append(piece);
    parent.append(shown);
  }
  return parent;
}
function make(tag, kind, text) {
  const one = document.createElement(tag);
  if (kind) one.className = kind;
  return text === undefined ? one : put(one, text);
}

function tell(words, bad) {
  const bar = $("saved");
  bar.classList.toggle("bad", Boolean(bad));
  bar.textContent = "";
  put(bar, words);
}
const reviewer = () => $("by").value.trim();
function askName() {
  $("by").classList.add("ask");
  $("by").focus();
  tell("请先写上您的名字：决定要有人署名。", true);
}

// what somebody rejected is a problem, whatever the check says of it
const groupOf = (item) => (decided.get(item.id)?.verdict === "rejected" ? "bad" : item.group);

function stateOf(item) {
  const one = decided.get(item.id);
  if (!one) return ["", ""];
  return one.verdict === "accepted" ? ["√ 认可", "yes"] : ["× 否定", "no"];
}
const when = (at) => { const day = new Date(at); return isNaN(day) ? at : day.toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" }); };

function wanted(item) {
  const kind = $("kind").value, words = $("find").value.trim();
  if (kind !== "all" && groupOf(item) !== kind) return false;
  if ($("todo").checked && (decided.has(item.id) || !item.counts)) return false;
  return !words || item.words.includes(words);
}

function fillList() {
  const list = $("list");
  listed = data.queue.map((id) => items.get(id)).filter(wanted);
  list.textContent = "";
  for (const item of listed) {
    const row = make("li");
    row.dataset.i = item.id;
    const [sign, name, kind] = GROUPS[groupOf(item)];
    const mark = make("span", "sign s-" + kind, sign);
    mark.title = name;
    const [word, colour] = stateOf(item);
    row.append(mark, make("span", "what", item.about.surface), make("span", "state s-" + colour, word), make("span", "why", item.why));
    row.classList.toggle("now", item === current);
    list.append(row);
  }
  $("none").hidden = listed.length > 0;
}

function rejectedFirst() {
  const moved = (id) => decided.get(id)?.verdict === "rejected";
  data.queue = [...data.queue.filter(moved), ...data.queue.filter((id) => !moved(id))];
}

function fillKinds() {
  const kinds = $("kind"), chosen = kinds.value || "all";
  const of = (group) => data.queue.filter((id) => groupOf(items.get(id)) === group).length;
  kinds.textContent = "";
  kinds.append(new Option("全部 " + data.queue.length, "all"));
  for (const [group, [sign, name]] of Object.entries(GROUPS)) if (of(group)) kinds.append(new Option(sign + " " + name + " " + of(group), group));
  kinds.value = chosen;
}

function refresh() {
  const counted = data.items.filter((item) => item.counts);
  const seen = counted.filter((item) => decided.has(item.id)).length;
  const bad = counted.filter((item) => item.group === "bad");
  const settled = bad.filter((item) => decided.has(item.id)).length;
  const open = data.items.filter((item) => item.kind === "open").length;
  $("meter").max = Math.max(counted.length, 1);
  $("meter").value = seen;
  $("count").textContent = `已看 ${seen}/${counted.length}` + (bad.length ? `　问题 ${settled}/${bad.length}` : "") + (open ? `　待补待核 ${open}` : "");
  for (const mark of document.querySelectorAll("mark.it")) {
    const one = decided.get(Number(mark.dataset.i));
    const last = mark.nextElementSibling?.dataset?.i !== mark.dataset.i;
    mark.classList.toggle("accepted", one?.verdict === "accepted" && last);
    mark.classList.toggle("rejected", one?.verdict === "rejected");
    mark.classList.toggle("now", current !== null && Number(mark.dataset.i) === current.id);
  }
  for (const row of $("list").children) {
    const item = items.get(Number(row.dataset.i)), [word, colour] = stateOf(item), state = row.querySelector(".state");
    state.textContent = word;
    state.className = "state s-" + colour;
    row.classList.toggle("now", item === current);
  }
  for (const cell of document.querySelectorAll("td[data-decided]")) {
    const one = decided.get(Number(cell.dataset.decided));
    cell.textContent = "";
    if (one) put(cell, (one.verdict === "accepted" ? "√ 认可" : "× 否定") + "　" + one.by + "　" + when(one.at) + (one.note ? "　" + one.note : ""));
  }
  $("signed").textContent = "";
  put($("signed"), reviewer() || "　　　　");
  fillDecision();
  fillGeneral();
}

function fillGeneral() {
  const box = $("general"), rows = box.querySelector("ul");
  const told = data.general.map((one) => one.message + (one.hint ? "　" + one.hint : ""));
  for (const one of lost) told.push(`${one.decision.by || "有人"}对“${one.decision.surface}”的${one.decision.verdict === "accepted" ? "认可" : "否定"}不再算数：${one.reason}`);
  box.hidden = told.length === 0;
  $("drop").hidden = lost.length === 0;
  box.querySelector("summary").textContent = `关于全稿的提醒 ${told.length} 条` + (lost.length ? `，其中 ${lost.length} 个决定已失效` : "");
  rows.textContent = "";
  for (const words of told) rows.append(make("li", "", words));
}

function select(id, scroll) {
  const item = items.get(id);
  if (!item) return;
  current = item;
  if (document.activeElement !== $("note")) $("note").value = decided.get(id)?.note ?? "";
  fillCard(item);
  refresh();
  const mark = document.querySelector(`mark.it[data-i="${id}"]`);
  if (mark && scroll !== "stay") mark.scrollIntoView({ block: "center" });
  $("list").querySelector("li.now")?.scrollIntoView({ block: "nearest" });
  $("shown").scrollTop = 0;
}

function fillCard(item) {
  const box = $("shown"), at = listed.indexOf(item), [sign, name, kind] = GROUPS[item.group];
  box.textContent = "";
  const where = [at >= 0 ? `第 ${at + 1} 个，共 ${listed.length} 个` : "", item.heading, item.line ? `草稿第${item.line}行` : ""];
  box.append(make("p", "at", where.filter(Boolean).join("　·　")));
  const big = make("div", item.about.surface.length > 16 ? "big long" : "big", item.about.surface);
  big.append(make("span", "badge s-" + kind, sign + " " + (item.verdict || name)));
  box.append(big);
  const context = make("p", "ctx"), points = [...item.about.context]; // offsets count code points
  const start = item.about.offset ?? 0, end = start + [...item.about.surface].length;
  put(context, points.slice(0, start).join(""));
  context.append(make("b", "", points.slice(start, end).join("")));
  put(context, points.slice(end).join(""));
  if (item.kind !== "borrowed" || item.about.context !== item.about.surface) box.append(context);
  for (const one of item.problems) {
    const told = make("div", "problem " + one.severity, (one.severity === "error" ? "× " : "! ") + one.message);
    if (one.hint) told.append(make("span", "hint", one.hint));
    box.append(told);
  }
  if (item.worked) box.append(make("div", "worked", item.worked));
  for (const source of item.sources) box.append(card(source));
  if (!item.sources.length && item.group !== "quiet") box.append(make("p", "gone", "要点和往年总结里都没有找到它的出处。"));
  if (item.group === "quiet") box.append(make("p", "at", "序号、名称、报告自己的年份和时段，不用出处。"));
}

function card(source) {
  const box = make("section", "source"), head = make("h3");
  head.append(make("b", "", source.role), " ");
  put(head, [source.name, source.file, source.place].filter(Boolean).join("　"));
  box.append(head);
  if (source.note) box.append(make("p", "note", source.note));
  if (source.gone) box.append(make("p", "gone", source.gone + "。"));
  const table = make("table", source.columns.length ? "grid" : "");
  if (source.columns.length) {
    const row = make("tr");
    row.append(make("th"), ...source.columns.map((name) => make("th", "", name)));
    table.append(row);
  }
  source.rows.forEach((line, at) => {
    const row = make("tr", line.hit ? "hit" : "");
    row.classList.toggle("jump", at > 0 && line.number > source.rows[at - 1].number + 1);
    if (line.number) row.append(make("td", "no", line.number));
    line.cells.forEach((words, place) => {
      const cell = make("td", line.hit && place === source.hit_column ? "cell" : "");
      const marks = source.marks.filter((mark) => mark.row === at && mark.cell === place).sort((a, b) => a.start - b.start);
      let done = 0;
      const points = [...words]; // spans count code points
      for (const mark of marks) {
        if (mark.start < done) continue;
        put(cell, points.slice(done, mark.start).join(""));
        cell.append(make("mark", "", points.slice(mark.start, mark.end).join("")));
        done = mark.end;
      }
      put(cell, points.slice(done).join(""));
      row.append(cell);
    });
    table.append(row);
  });
  box.append(table);
  return box;
}

function fillDecision() {
  const item = current, one = item && decided.get(item.id), box = $("verdict");
  box.textContent = "";
  box.className = "";
  for (const name of ["accept", "reject", "undo", "note"]) $(name).disabled = !item || !item.can || Boolean(stale);
  $("undo").disabled = !one || Boolean(stale);
  if (!item) return;
  if (item.kind === "open") { put(box, "这里要由人补上，改在草稿里。"); return; }
  if (!one) { put(box, item.group === "bad" ? "还没有决定：改草稿，或由您认可。" : "还没有看过。"); return; }
  box.className = one.verdict === "accepted" ? "s-yes" : "s-no";
  const late = unsaved.has(item.id) ? "（还没有保存）" : "";
  put(box, `${one.verdict === "accepted" ? "√ " : "× "}${one.by} ${when(one.at)} ${one.verdict === "accepted" ? "认可" : "否定"}${late}`);
}
