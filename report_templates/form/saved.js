// A file that was saved before, and goes into the form again.
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
