// What was decided: kept here, in the browser's own store or on the server, and handed out as JSON.
const data = JSON.parse(document.getElementById("data").textContent);
const items = new Map(data.items.map((item) => [item.id, item]));
const own = "drafter-review:" + data.draft_id;
const decided = new Map(); // item id → decision
const withdrawn = new Map(); // key → decision taken back
const lost = []; // decisions that no longer fit
const unsaved = new Set(); // item ids whose decision did not reach the disk
let stale = "";

const keyOf = (one) => JSON.stringify([one.surface, one.context, one.offset ?? null, one.occurrence ?? null]);
const later = (a, b) => (Date.parse(a) || 0) >= (Date.parse(b) || 0);
function now() { // this machine's time, with its distance from UTC
  const at = new Date(), off = -at.getTimezoneOffset(), two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  return new Date(at.getTime() + off * 60000).toISOString().slice(0, 19) + (off < 0 ? "-" : "+") + two(off / 60) + ":" + two(off % 60);
}
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const fits = (one, about) =>
  same(one.source, about.source) && (!one.past || !about.past || same(one.past, about.past)) &&
  (one.near == null || one.near === about.near);

function remember(name, value) {
  try { localStorage.setItem(name, value); return true; } catch { return false; }
}
function recall(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function restore() {
  for (const item of data.items) if (item.decision) decided.set(item.id, item.decision);
  for (const one of data.expired) lost.push(one);
  if (data.served) return;
  let kept = null;
  try { kept = JSON.parse(recall(own) || "null"); } catch { kept = null; }
  if (!kept || !Array.isArray(kept.decisions)) return;
  const byKey = new Map(data.items.filter((item) => item.can).map((item) => [keyOf(item.about), item]));
  for (const one of kept.decisions) {
    const item = byKey.get(keyOf(one));
    if (!item || !fits(one, item.about)) {
      if (!lost.some((other) => keyOf(other.decision) === keyOf(one))) lost.push({ decision: one, reason: item ? "它的出处改过了" : "这个数或它前后的话改过了" });
      continue;
    }
    const before = decided.get(item.id);
    if (!before || later(one.at, before.at)) decided.set(item.id, one);
  }
  for (const one of kept.withdrawn || []) {
    const item = byKey.get(keyOf(one));
    const before = item && decided.get(item.id);
    if (before && later(one.at, before.at)) decided.delete(item.id);
    withdrawn.set(keyOf(one), one);
  }
}

function exported() {
  const decisions = data.items.filter((item) => decided.has(item.id)).map((item) => decided.get(item.id));
  return { draft_sha256: data.draft_sha256, decisions, withdrawn: [...withdrawn.values()] };
}

function keep(item, one, gone) {
  if (gone) withdrawn.set(keyOf(gone), gone); else withdrawn.delete(keyOf(one));
  if (data.served) { send(item, one, gone); return; }
  const all = exported();
  all.decisions.push(...lost.map((other) => other.decision)); // until somebody throws them away
  const kept = remember(own, JSON.stringify(all));
  tell(kept ? "已记在这台电脑的浏览器里；看完请点“导出”，把文件交给起草的人。"
            : "浏览器不让本页记东西：刷新前请先点“导出”。", !kept);
}

let line = Promise.resolve();
function send(item, one, gone) {
  unsaved.add(item.id);
  tell("正在保存 …");
  const body = JSON.stringify({ stamp: data.stamp, decision: one || gone, withdrawn: Boolean(gone) });
  line = line.then(async () => {
    try {
      const answer = await fetch("save", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      const said = await answer.json();
      if (!answer.ok) { if (answer.status === 409) stale = said.message; throw new Error(said.message); }
      unsaved.delete(item.id);
      tell(unsaved.size ? "正在保存 …" : "已保存到 " + said.file + "　" + new Date().toLocaleTimeString());
    } catch (error) {
      const why = error instanceof TypeError ? "连不上 drafter（它已经停了？）" : error.message;
      tell("没有保存：" + why, true);
    }
    refresh();
  });
}

function decide(item, verdict, note) {
  const by = reviewer();
  if (!item.can || stale) { if (stale) tell(stale, true); return false; }
  if (!by) { askName(); return false; }
  const before = decided.get(item.id); // one that was written by hand may name the place in other words
  if (before && keyOf(before) !== keyOf(item.about)) keep(item, null, { ...before, at: now() });
  const one = { ...item.about, verdict, by, at: now(), note };
  decided.set(item.id, one);
  keep(item, one, null);
  return true;
}

function takeBack(item) {
  const before = decided.get(item.id);
  if (!before || stale) return;
  decided.delete(item.id);
  keep(item, null, { ...before, at: now() });
}

function dropLost() {
  if (stale) return;
  for (const one of lost.splice(0)) keep({ id: 0 }, null, { ...one.decision, at: now() });
  refresh();
}
