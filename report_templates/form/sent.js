// The file to send back.
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
  if (!/^[2-9]\d{3}-/.test(value("date"))) found.push(["date", words.date]);
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
