// What is done: clicks, keys, views, export.
function step(by) {
  const at = listed.indexOf(current);
  const next = listed[at < 0 ? 0 : Math.min(Math.max(at + by, 0), listed.length - 1)];
  if (next) select(next.id);
}
function onward() {
  const at = listed.indexOf(current);
  const after = [...listed.slice(at + 1), ...listed.slice(0, Math.max(at, 0))];
  const next = after.find((item) => item.counts && !decided.has(item.id));
  if (next) select(next.id); else refresh();
}
function accept() {
  if (current && decide(current, "accepted", $("note").value.trim())) { $("note").blur(); onward(); }
}
function reject() {
  if (current && decide(current, "rejected", $("note").value.trim())) refresh();
}
function undo() {
  if (current) { takeBack(current); refresh(); }
}
function saveNote() {
  const one = current && decided.get(current.id);
  if (one && one.note !== $("note").value.trim()) decide(current, one.verdict, $("note").value.trim());
  $("note").blur();
  refresh();
}

function show(view) {
  for (const name of ["check", "years", "facts"]) $(name).hidden = name !== view;
  for (const tab of $("tabs").children) tab.classList.toggle("on", tab.dataset.view === view);
}

function openExport() {
  $("json").value = JSON.stringify(exported(), null, 1) + "\n";
  $("copied").textContent = "";
  $("out").showModal();
}
function download() {
  const file = new Blob([$("json").value], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = data.export_name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
async function copy() {
  $("json").select();
  let done = false;
  try { await navigator.clipboard.writeText($("json").value); done = true; } catch { done = document.execCommand("copy"); }
  $("copied").textContent = done ? "已复制" : "请按 Ctrl+C 复制";
}

const KEYS = {
  KeyJ: () => step(1), KeyK: () => step(-1), KeyA: accept, KeyR: reject, KeyU: undo,
  KeyN: () => $("note").focus(), KeyE: openExport,
};
function onKey(event) {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) {
    if (event.key === "?" && $("help").open) $("help").close();
    return;
  }
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && !event.isComposing) {
      if (event.target === $("note")) saveNote();
      if (event.target === $("by") || event.target === $("find")) event.target.blur();
    }
    return;
  }
  const help = event.key === "?" || event.key === "？";
  const find = !help && (event.code === "Slash" || event.key === "/");
  const act = help ? () => $("help").showModal() : find ? () => { show("check"); $("find").focus(); } : KEYS[event.code] || KEYS["Key" + event.key.toUpperCase()];
  if (!act) return;
  event.preventDefault();
  if (event.code !== "KeyE" && !help) show("check");
  act();
}

function onClick(event) {
  const place = event.target.closest("[data-i]");
  if (place) {
    const inside = place.matches("mark.it");
    show("check");
    select(Number(place.dataset.i), inside ? "stay" : "");
    return;
  }
  const tab = event.target.closest("[data-view]");
  if (tab) show(tab.dataset.view);
  if (event.target.closest(".close")) event.target.closest("dialog").close();
}

function start() {
  document.documentElement.classList.add("js");
  $("by").value = data.reviewer || recall("drafter-reviewer") || "";
  restore();
  rejectedFirst();
  fillKinds();
  fillList();
  for (const [name, act] of Object.entries({ accept, reject, undo, export: openExport, download, copy, drop: dropLost })) $(name).addEventListener("click", act);
  $("prev").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("print").addEventListener("click", () => window.print());
  $("helpme").addEventListener("click", () => $("help").showModal());
  for (const name of ["kind", "todo"]) $(name).addEventListener("change", () => { fillList(); refresh(); });
  $("find").addEventListener("input", () => { fillList(); refresh(); });
  $("note").addEventListener("change", () => { if (current && decided.has(current.id)) saveNote(); });
  $("by").addEventListener("input", () => { $("by").classList.remove("ask"); remember("drafter-reviewer", reviewer()); refresh(); });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });
  $("day").textContent = new Date().toLocaleDateString("zh-CN");
  tell(data.served ? "决定会存进 " + data.file : "决定先记在这台电脑的浏览器里；看完请点“导出”，把文件交给起草的人。");
  if (listed.length) select(listed[0].id); else refresh();
  if (lost.length) $("general").open = true;
}
start();
