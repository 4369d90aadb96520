// Saves every answer as it is given, keeps what the server has not confirmed, and counts
// the time by the server's clock. Without this module the page works by its own forms.

const exam = document.querySelector("[data-exam]");
const words = exam.dataset;
const bar = document.querySelector("[data-exam-bar]");
const timer = bar.querySelector("[role=timer]");
const note = document.querySelector("[data-exam-note]");
const announcer = document.querySelector("#announcer");
const shelf = `hunar-exam-${words.exam}`;
const starts = Date.parse(words.starts);
const ends = Date.parse(words.ends);
const hour = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Asia/Ashgabat",
});

// The server's time. performance.now() does not move when somebody sets the clock.
const arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
let offset = Date.parse(words.now) - arrived;
const serverNow = () => offset + performance.now();

function correctClock(now, sent) {
  const middle = (sent + performance.now()) / 2;
  if (performance.now() - sent < 4000) offset = Date.parse(now) - middle;
}

async function askClock() {
  const sent = performance.now();
  try {
    const answer = await fetch(words.clock, { credentials: "omit", cache: "no-store" });
    if (answer.ok) correctClock((await answer.json()).now, sent);
  } catch {
    // Without a connection the clock runs on by itself.
  }
}

// Questions ------------------------------------------------------------------

const questions = new Map();
for (const element of document.querySelectorAll("[data-question]")) {
  const position = Number(element.dataset.question);
  questions.set(position, {
    element,
    position,
    form: element.querySelector("form"),
    state: element.querySelector("[data-state]"),
    link: document.querySelector(`[data-overview] a[href="#q${position}"]`),
    sequence: Number(element.dataset.sequence),
  });
}

const responseOf = (question) => question.form.elements.response?.value.trim() ?? "";
const flaggedOf = (question) => question.form.elements.is_flagged.checked;

function show(question, state, text) {
  question.state.dataset.state = state;
  question.state.textContent = text;
}

function showOverview(question) {
  const answered = responseOf(question) !== "";
  const flagged = flaggedOf(question);
  question.link.toggleAttribute("data-answered", answered);
  question.link.toggleAttribute("data-flagged", flagged);
  question.link.querySelector("[data-words]").textContent = [
    answered ? words.sayAnswered : words.sayOpen,
    flagged ? words.sayFlagged : "",
  ].join(" ");
}

function showCount() {
  const answered = [...questions.values()].filter((question) => responseOf(question) !== "");
  document.querySelector("[data-answered-count]").textContent = answered.length;
}

function put(question, response, flagged) {
  const { elements } = question.form;
  if (elements.response instanceof RadioNodeList) {
    for (const radio of elements.response) radio.checked = radio.value === response;
  } else {
    elements.response.value = response;
  }
  elements.is_flagged.checked = flagged;
  showOverview(question);
}

// What the server has not confirmed -------------------------------------------

const waiting = new Map();
let stopped = false;
let busy = false;
let pause = 0;
let alarm = 0;

function keep() {
  try {
    if (waiting.size) localStorage.setItem(shelf, JSON.stringify([...waiting.values()]));
    else localStorage.removeItem(shelf);
  } catch {
    // A browser that stores nothing still sends; it only cannot survive a reload.
  }
}

function recall() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(shelf) ?? "[]");
  } catch {
    return;
  }
  for (const change of kept) {
    const question = questions.get(change.position);
    if (!question || change.sequence <= question.sequence) continue;
    question.sequence = change.sequence;
    waiting.set(change.position, change);
    put(question, change.response, change.flagged);
    show(question, "waiting", words.sayWaiting);
  }
}

function change(question) {
  if (stopped) return;
  question.sequence = Math.max(question.sequence + 1, Math.floor(serverNow() - starts));
  waiting.set(question.position, {
    position: question.position,
    response: responseOf(question),
    flagged: flaggedOf(question),
    sequence: question.sequence,
  });
  keep();
  show(question, "saving", words.saySaving);
  showOverview(question);
  showCount();
  drain();
}

async function drain() {
  if (busy || stopped) return;
  busy = true;
  clearTimeout(alarm);
  while (waiting.size && !stopped) {
    const next = [...waiting.values()].sort((a, b) => a.sequence - b.sequence)[0];
    if (!(await send(next))) break;
  }
  busy = false;
  showNote();
}

async function send(sent) {
  const question = questions.get(sent.position);
  show(question, "saving", words.saySaving);
  const began = performance.now();
  let answer;
  try {
    answer = await fetch(words.save, {
      method: "POST",
      // No cookie goes along: the token is the permission.
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: words.token, ...sent }),
      signal: AbortSignal.timeout(20000),
    });
    const content = await answer.json();
    if (answer.ok) return saved(question, sent, content, began);
    if (answer.status < 500) return refused(question, sent, content);
  } catch {
    // The connection is lost, or something that is not the server answered.
  }
  retryLater();
  return false;
}

function saved(question, sent, content, began) {
  correctClock(content.now, began);
  pause = 0;
  if (waiting.get(sent.position)?.sequence !== sent.sequence) return true;
  waiting.delete(sent.position);
  keep();
  if (content.state === "superseded") {
    // Another device was later: what it gave stands here too.
    question.sequence = content.sequence;
    put(question, content.response, content.flagged);
    showCount();
  }
  const time = hour.format(new Date(content.saved_at));
  show(question, "saved", words.saySaved.replace("%time%", time));
  return true;
}

function refused(question, sent, content) {
  if (content.code === "exam-submitted" || content.code === "exam-time-over") {
    stopped = true;
    waiting.clear();
    keep();
    location.reload();
    return false;
  }
  if (content.code === "exam-token-unknown") {
    stopped = true;
    setNote("refused", content.title);
    return false;
  }
  if (waiting.get(sent.position)?.sequence === sent.sequence) waiting.delete(sent.position);
  keep();
  show(question, "refused", content.title);
  return true;
}

function retryLater() {
  for (const { position } of waiting.values()) {
    show(questions.get(position), "waiting", words.sayWaiting);
  }
  pause = Math.min(pause ? pause * 2 : 1000, 15000);
  alarm = setTimeout(drain, pause);
}

function setNote(state, text) {
  if (note.textContent === text) return;
  note.dataset.examNote = state;
  note.textContent = text;
  announcer.textContent = text;
}

function showNote() {
  if (stopped) return;
  if (waiting.size) setNote("waiting", words.sayOffline);
  else setNote("saved", words.sayAllSaved);
}

// Time ------------------------------------------------------------------------

const warnings = [10, 5, 1];
let ended = false;

function tick() {
  const left = Math.max(0, Math.ceil((ends - serverNow()) / 1000));
  const minutes = Math.floor(left / 60);
  timer.textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
  bar.toggleAttribute("data-hurry", left <= 300);
  while (warnings.length && left <= warnings[0] * 60) {
    const passed = warnings.shift();
    if (left > (warnings[0] ?? 0) * 60) {
      announcer.textContent = words.sayLeft.replace("%minutes%", passed);
    }
  }
  if (left === 0) endOfTime();
}

async function endOfTime() {
  if (!ended) {
    ended = true;
    setNote("waiting", words.sayOver);
    for (const { form } of questions.values()) form.inert = true;
  }
  await drain();
  if (!waiting.size && !stopped) {
    stopped = true;
    document.querySelector("[data-time-over]").submit();
  }
}

// Events ----------------------------------------------------------------------

let typing = 0;
for (const question of questions.values()) {
  question.form.addEventListener("change", () => {
    clearTimeout(typing);
    change(question);
  });
  question.form.addEventListener("input", (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(() => change(question), 800);
  });
  question.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    if (event.submitter?.name === "clear") put(question, "", flaggedOf(question));
    change(question);
  });
}

addEventListener("online", drain);
addEventListener("pageshow", (event) => {
  // A page out of the browser's memory shows old answers.
  if (event.persisted) location.reload();
});
document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible") return;
  await askClock();
  drain();
});
addEventListener("beforeunload", (event) => {
  if (!waiting.size || stopped) return;
  event.preventDefault();
  event.returnValue = words.sayUnsaved;
});

document.documentElement.dataset.examLive = "";
recall();
showCount();
tick();
setInterval(tick, 500);
drain();
