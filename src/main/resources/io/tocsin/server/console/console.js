// Shows open incidents and resources. Every text from the pipeline is set as text, never as markup.

const incidents = new Map();
const byUrgency = (a, b) =>
  a.priority.localeCompare(b.priority) || a.startedAt.localeCompare(b.startedAt);

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const span = (ms) => {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.round(s / 60)} min`;
  return `${Math.round(s / 3600)} h`;
};

const due = (incident, now) => {
  const left = Date.parse(incident.dueAt) - now;
  if (incident.priority === 'P0') return 'act at once';
  return left > 0 ? `due in ${span(left)}` : `overdue by ${span(-left)}`;
};

const card = (incident, now) => {
  const item = element('li', incident.priority);
  const headline = element('p', 'headline');
  headline.append(element('span', 'priority', incident.priority), incident.summary);
  const since = span(now - Date.parse(incident.startedAt));
  const facts = [incident.state, `for ${since}`, due(incident, now), incident.resource];
  if (incident.healAttempts) facts.push(`heal attempts: ${incident.healAttempts}`);
  item.append(
    headline,
    element('p', 'detail', facts.join(' · ')),
    element('p', 'detail', [incident.priorityReason, ...incident.evidence].join(' · ')));
  return item;
};

const drawIncidents = () => {
  const now = Date.now();
  const open = [...incidents.values()].sort(byUrgency);
  document.getElementById('incidents').replaceChildren(...open.map((i) => card(i, now)));
  document.getElementById('empty').hidden = open.length > 0;
  document.title = open.length ? `(${open.length}) Tocsin: open incidents` : 'Tocsin: open incidents';
};

const percent = (value) => (value == null ? '–' : `${value.toFixed(1)} %`);

const row = (resource) => {
  const made = element('tr');
  const probed = resource.probedAt || resource.kind === 'SERVICE';
  const health = element('td', resource.health, probed ? resource.health : '–');
  health.title = resource.evidence;
  made.append(element('td', '', resource.id), element('td', '', resource.service ?? '–'), health);
  const w = resource.window ?? {};
  const efficiency = w.efficiency == null ? '–' : w.efficiency.toFixed(2);
  for (const text of [percent(w.cpuPercent), percent(w.memoryPercent), percent(w.ioPercent), efficiency]) {
    made.append(element('td', 'number', text));
  }
  return made;
};

const ask = async (path) => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
};

const connection = document.getElementById('connection');
const say = (text, lost) => {
  connection.textContent = text;
  connection.className = lost ? 'lost' : '';
};

const refreshIncidents = async () => {
  const list = await ask('api/v1/incidents?state=open');
  incidents.clear();
  for (const incident of list) incidents.set(incident.id, incident);
  drawIncidents();
};

const refreshResources = async () => {
  const list = await ask('api/v1/resources');
  document.getElementById('resources').replaceChildren(...list.map(row));
};

const events = new EventSource('api/v1/events');
events.addEventListener('hello', () => {
  say('live');
  refreshIncidents().catch((e) => say(e.message, true));
});
events.addEventListener('incident', (event) => {
  const incident = JSON.parse(event.data);
  if (incident.state === 'RESOLVED') incidents.delete(incident.id);
  else incidents.set(incident.id, incident);
  drawIncidents();
});
events.onerror = () => say('connection lost: what you see may be old; trying again', true);

setInterval(drawIncidents, 1000);
// The event stream tells people that the connection is lost; a failed refresh only waits for the next.
setInterval(() => refreshResources().catch(() => {}), 1000);
refreshResources().catch(() => {});
refreshIncidents().catch((e) => say(e.message, true));
