// Keeps the answers of a form in the browser as they are given, and saves them to a file to send back.
"use strict";
(() => {
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

  // --- what is kept in the browser ---

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

  // --- what is shown ---

  const say = (text) => {
    if (byId("status").textContent !== text) byId("status").textContent = text;
  };
  const show = () => {
    const open = questions.filter((question) => !answerOf(question));
    const done = questions.length - open.length;
    byId("progress").value = done;
    byId("said").textContent = filled(words.so_far, { done, count: questions.length });
    byId("agreement").hidden = !value("role");
    byId("again").hidden = !again || value("shown-alone") !== "";
    if (whose.since) say(filled(words.since, { file: whose.file }));
    byId("next").hidden = false;
    byId("next").textContent = open.length ? words.next : words.end;
    byId("next").href = open.length ? "#" + open[0].id : "#end";
    for (const question of questions) {
      const answer = answerOf(question);
      question.classList.toggle("answered", answer !== "");
      const why = question.querySelector(".why");
      if (why) why.hidden = answer !== "not-applicable";
      question.querySelector(".clear").hidden = answer === "";
    }
  };
  const changed = () => {
    if (day !== today()) goOn();
    at = Date.now();
    whose.since = Boolean(whose.file);
    if (plain(value("role")) !== role) disagree();
    role = plain(value("role"));
    keep();
    show();
  };

  // --- the file to send back ---

  const response = (question) => {
    const id = question.dataset.question;
    const given = {};
    const answer = answerOf(question);
    if (answer === "unknown") given.unknown = true;
    else if (answer === "not-applicable") given.not_applicable = value("why:" + id);
    else if (answer) given.level = Number(answer);
    const note = value("note:" + id);
    if (note) given.note = note;
    if (carried[id]) given.evidence = carried[id];
    return given;
  };
  const assessment = () => {
    const team = { name: mark.team || value("team") };
    const organisation = mark.organisation || value("organisation");
    if (organisation) team.organisation = organisation;
    team.profile = mark.profile;
    const respondent = { id: whose.id };
    if (whose.numbered) respondent.one_survey = true;
    const role = value("role");
    if (role) respondent.role = role;
    if (role && value("shown-alone") === "yes") respondent.shown_alone = true;
    const responses = nothing();
    for (const question of questions) {
      const given = response(question);
      if (Object.keys(given).length) responses[question.dataset.question] = given;
    }
    return { schema: 1, bank: mark.bank, team, respondent, date: value("date"), responses, revision: whose.saved };
  };
  const missing = () => {
    const found = [];
    if (!mark.team && !value("team")) found.push(["team", words.team]);
    if (value("date") < "2000") found.push(["date", words.date]);
    for (const question of questions) {
      const place = "why:" + question.dataset.question;
      if (answerOf(question) === "not-applicable" && !value(place)) {
        const number = question.querySelector(".nr").textContent.replace(".", "");
        found.push([place, filled(words.why, { number })]);
      }
    }
    return found;
  };
  const complain = (found) => {
    const wrong = byId("wrong");
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    wrong.hidden = !found.length;
    if (!found.length) return;
    const title = document.createElement("h3");
    title.textContent = words.wrong;
    const list = document.createElement("ul");
    for (const [place, text] of found) {
      const link = document.createElement("a");
      link.href = "#" + place;
      link.textContent = text;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        byId(place).focus();
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
      byId(place).setAttribute("aria-invalid", "true");
    }
    wrong.replaceChildren(title, list);
    wrong.focus();
  };
  const fileName = (data) => {
    const words = [data.team.name, data.respondent.role, data.date].filter(Boolean).join(" ");
    return words.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) + ".json";
  };
  const save = () => {
    const found = missing();
    complain(found);
    say("");
    if (found.length) return;
    whose.saved += 1;
    const data = assessment();
    whose.file = fileName(data);
    whose.since = false;
    keep();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2) + "\n"], { type: "application/json" }));
    link.download = whose.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    const open = questions.filter((question) => !answerOf(question)).length;
    const text = open ? filled(words.saved_open, { file: link.download, open }) : filled(words.saved, { file: link.download });
    say(text);
  };

  // --- a file that was saved before ---

  const isMap = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
  const isText = (one) => typeof one === "string" && one.trim() !== "";
  const spelled = new Map(Object.entries(mark.roles).map(([name, role]) => [plain(name), role]));
  const roleOf = (named) => (spelled.size ? spelled.get(plain(named)) : named);
  // An answer as readiness reads it: people may write 2, "unknown" and "n/a: why" for short.
  const inFull = (given) => {
    if (typeof given === "number") return { level: given };
    if (typeof given !== "string") return given;
    const [, why] = /^\s*n\/a\s*:\s*(\S[^]*)$/i.exec(given) || [];
    if (why) return { not_applicable: why.trim() };
    return /^\s*unknown\s*:?\s*$/i.test(given) ? { unknown: true } : null;
  };
  // Puts what the form can show of one answer into `found`; returns if that is all of it.
  const take = (question, given, found, evidence) => {
    const { question: id } = question.dataset;
    const taken = [];
    const pick = (part, fits) => {
      const one = [...question.querySelectorAll("input")].find(fits);
      if (!one) return;
      found[one.name] = one.value;
      taken.push(part);
    };
    if (given.unknown === true) pick("unknown", (one) => one.value === "unknown");
    else if (isText(given.not_applicable)) pick("not_applicable", (one) => one.value === "not-applicable");
    else pick("level", (one) => Number(one.value) === given.level);
    if (taken.includes("not_applicable")) found["why:" + id] = given.not_applicable;
    if (isText(given.note)) {
      found["note:" + id] = given.note;
      taken.push("note");
    }
    if (Array.isArray(given.evidence) && given.evidence.every(isText)) {
      if (given.evidence.length) evidence[id] = given.evidence;
      taken.push("evidence");
    }
    return Object.keys(given).every((part) => given[part] === null || taken.includes(part));
  };
  const read = (data) => {
    const maps = [data, data?.bank, data?.team, data?.responses];
    if (!maps.every(isMap) || (data.schema ?? 1) !== 1 || "present" in data) throw new Error(words.no_answers);
    if (data.bank.id !== mark.bank.id) throw new Error(words.other_bank);
    const { version, fingerprint } = data.bank;
    const older = (version && version !== mark.bank.version) || (fingerprint && fingerprint !== mark.bank.fingerprint);
    if (older) throw new Error(words.other_version);  // one number can mean something else in each
    const { name: team, organisation } = data.team;
    if (mark.team && team !== mark.team) throw new Error(filled(words.other_team, { team }));
    if (mark.organisation && organisation && organisation !== mark.organisation)
      throw new Error(filled(words.other_team, { team: `${team} (${organisation})` }));
    const left = [];
    if (organisation && !mark.organisation && !field("organisation")) left.push(organisation);
    const { id, role: named, shown_alone: agreed, one_survey: numbered } = data.respondent || {};
    const role = isText(named) && roleOf(named);
    if (named && !role) left.push(named);
    const found = { team, organisation, date: data.date, role: named ? role : blank.role };
    if (agreed === true && role) found["shown-alone"] = "yes";
    const evidence = nothing();
    for (const [name, short] of Object.entries(data.responses)) {
      const given = inFull(short);
      const question = byId("question-" + name);
      if (!question || !isMap(given) || !take(question, given, found, evidence)) left.push(name);
    }
    if (!Object.keys(found).some((name) => name.includes(":"))) throw new Error(words.no_answers);
    const isOurs = typeof id === "string" && /^[0-9a-f]{16}$/.test(id);
    const saved = Number.isInteger(data.revision) ? data.revision : 0;
    const profile = data.team.profile || {};
    return {
      put: { entries: found, carried: evidence, whose: isOurs ? { id, saved, numbered: numbered === true } : somebody(), day: data.date },
      left,
      otherwise: Object.keys(profile).some((name) => profile[name] !== mark.profile[name]),
    };
  };
  const load = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      const { put: found, left, otherwise } = read(JSON.parse(await file.text()));
      const here = { entries: entries(), whose };
      const same = [here, ...kept()].filter((one) => one.whose.id === found.whose.id);
      if (![here, ...same].some((one) => holds(one.entries)) || confirm(words.replace)) {
        const dated = found.day && found.day !== today();
        found.whose.saved = Math.max(found.whose.saved, ...same.map((one) => one.whose.saved));
        put(found);
        changed();
        byId("kept").hidden = true;
        const told = left.length ? words.loaded_in_part : words.loaded;
        say(filled(told, { file: file.name, left: left.join(", ") }) + (otherwise ? " " + words.otherwise : "") + (dated ? " " + words.dated : ""));
      }
    } catch (error) {
      say(error instanceof SyntaxError ? words.no_answers : error.message);
    }
    event.target.value = "";
  };

  // --- from here on it is awake ---

  const begin = () => {
    const all = kept();
    const found = all.find((one) => holds(one.entries)) || all[0];
    if (found) put(found);
    else goOn();
    byId("kept").hidden = !holds(entries());
    byId("others").hidden = all.filter((one) => holds(one.entries)).length < 2;
  };
  // Another tab may have changed the answers. They are read again before anybody goes on here, so that none is lost.
  const share = () => {
    const found = keptAt(place());
    if ((found ? found.text : null) !== last) {
      if (!holds(entries())) byId("kept").hidden = !found;
      byId("shared").hidden = !found;
      if (found) {
        say("");
        put(found);
      } else {
        // Taken out of the browser in another tab: what stands here is not lost for that.
        last = null;
        byId("unkept").hidden = !holds(entries());
      }
    }
    goOn();
    show();
  };
  byId("save").addEventListener("click", save);
  byId("load").addEventListener("change", load);
  const top = () => {
    say("");
    show();
    complain([]);
    byId("shared").hidden = true;
    byId("content").focus();
    scrollTo(0, 0);
  };
  const anew = () => {
    fill(blank);
    carried = nothing();
    whose = somebody();
    last = null;
    goOn();
    byId("kept").hidden = true;
    top();
  };
  byId("not-mine").addEventListener("click", anew);
  byId("empty").addEventListener("click", () => {
    if (!confirm(words.empty)) return;
    for (const one of kept()) if (one.whose.id === whose.id) localStorage.removeItem(one.name);
    anew();
  });
  byId("others").addEventListener("click", () => {
    const all = kept().filter((one) => holds(one.entries));
    if (all.length) put(all[(all.findIndex((one) => one.whose.id === whose.id) + 1) % all.length]);
    top();
  });
  byId("next").addEventListener("click", (event) => {
    const open = questions.find((question) => !answerOf(question));
    event.preventDefault();
    const target = open ? open.querySelector("input") : byId("save");
    (open || byId("end")).scrollIntoView();
    target.focus({ preventScroll: true });
  });
  for (const question of questions) {
    question.querySelector(".clear").addEventListener("click", () => {
      for (const one of question.querySelectorAll("input")) one.checked = false;
      changed();
      question.querySelector("input").focus();
    });
  }
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") changed();
  });
  addEventListener("storage", share);
  addEventListener("focus", share);
  document.addEventListener("visibilitychange", share);
  form.addEventListener("submit", (event) => event.preventDefault());
  begin();
  keep();
  show();
  byId("asleep").hidden = true;
})();
