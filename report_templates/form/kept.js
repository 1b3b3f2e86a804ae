// What a form holds, and keeps in the browser as it is given.
const byId = (id) => document.getElementById(id);
const mark = JSON.parse(byId("mark").textContent);
const words = JSON.parse(byId("words").textContent);
const form = byId("form");
const questions = [...form.querySelectorAll("[data-question]")];
const key = "readiness-form " + mark.id;
// Question ids are keys of objects: one without a prototype has no "constructor" that nobody put there.
const nothing = () => Object.create(null);
// What a file held beyond what the form asks, such as what shows an answer; it goes into the next file again.
let carried = nothing();
// Whose answers these are: an id drawn at random, and how often they were saved. So a later file is known as one.
// `file` is the last of them, and `since` tells if it lacks a change.
const somebody = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return { id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""), saved: 0 };
};
let whose = somebody();
// Each set of answers is kept by itself, so that nobody's take the place of another's.
const place = () => key + " " + whose.id;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => (Object.keys(values).includes(name) ? values[name] : blank));
const field = (name) => form.elements.namedItem(name);
const value = (name) => {
  const found = field(name);
  const text = found ? found.value.trim() : "";
  return text.toWellFormed ? text.toWellFormed() : text;
};
const answerOf = (question) => value("answer:" + question.dataset.question);

const entries = () => {
  const kept = nothing();
  for (const one of form.elements) {
    if (one.name && one.type !== "file" && (one.type !== "radio" || one.checked) && one.value) kept[one.name] = one.value;
  }
  return kept;
};
const fill = (kept) => {
  for (const one of form.elements) {
    if (!one.name || one.type === "file") continue;
    if (one.type === "radio") one.checked = kept[one.name] === one.value;
    else one.value = kept[one.name] || "";
  }
  role = plain(value("role"));
  again = false;
};
// An agreement holds for one role, and on one day.
let role = "";
let again = false;
const plain = (name) => name.trim().replace(/[\s_-]+/g, "-").toUpperCase().toLowerCase();
const disagree = () => {
  again ||= value("shown-alone") !== "";
  for (const one of form.elements) if (one.name === "shown-alone") one.checked = false;
};
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};
// Who goes on another day answers on that day, and is asked again to agree; a date that a person gave stays.
let day = "";
const goOn = () => {
  const now = today();
  if (value("date") && day === now) return;
  if (day !== now) disagree();
  if (!value("date") || value("date") === day) field("date").value = now;
  day = now;
};
const blank = entries();
const holds = (kept) => Object.keys(kept).some((name) => name !== "date" && kept[name] !== blank[name]);
// What this tab last kept or read: anything else there comes from another tab with the same answers.
let last = null;
let at = 0;
const keep = () => {
  const text = JSON.stringify({ entries: entries(), carried, whose, day, at });
  try {
    localStorage.setItem(place(), text);
    last = text;
    byId("unkept").hidden = true;
  } catch {
    byId("unkept").hidden = false;
  }
};
const keptAt = (name) => {
  try {
    const text = localStorage.getItem(name);
    const found = JSON.parse(text);
    return found.entries && found.whose ? { ...found, name, text } : null;
  } catch {
    return null;
  }
};
// Every set of answers to this form that the browser keeps, newest first.
const kept = () => {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(key + " "));
    return names.map(keptAt).filter(Boolean).sort((one, other) => (other.at || 0) - (one.at || 0));
  } catch {
    return [];
  }
};
const put = (found) => {
  fill(found.entries);
  carried = Object.assign(nothing(), found.carried);
  ({ whose, day, at, text: last } = found);
  goOn();
};
