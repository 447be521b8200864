// What Tocsin does by itself: what waits for a person, what is under way, what was refused, what came of it, who is trusted.

import { get, post, id } from '../lib/api.js';
import { el, fill, failure } from '../lib/dom.js';
import * as live from '../lib/live.js';
import * as session from '../lib/session.js';
import { framed } from '../lib/patch.js';
import { ask, act } from '../lib/dialog.js';
import { head, loading, panel } from '../lib/work.js';
import { ago, at } from '../lib/time.js';
import { inFlight, lists, waiting } from '../parts/plans.js';
import { actions, autonomy } from '../parts/actions.js';

export const title = 'Healing';

const MODES = {
  observe: ['Observe', 'Every plan is judged and nothing is done. What would have been done stands under “Refused”.'],
  approve: ['Approve', 'Nothing is done before a person agrees. Plans that passed all guards wait here.'],
  auto: ['Auto', 'What no guard objects to is done at once. A person is asked where an action has lost its trust.'],
};
const WAITS = ['AWAITING_APPROVAL'];
const FLIES = ['INTENT', 'EXECUTED', 'COMPENSATING'];
const PAUSE_ROUND = 15_000;

const mode = (view) => {
  const [name, meaning] = MODES[view.mode.toLowerCase()] ?? [view.mode, 'Which actions may run by themselves is decided by rules of the configuration.'];
  return el('div', { class: 'mode' },
    el('p', { class: 'mode-name' }, el('span', { class: 'soft' }, 'Mode '), el('strong', {}, name)),
    el('p', {}, meaning),
    el('p', { class: 'hint' },
      view.separate ? 'The responder runs in a process of its own. ' : 'The responder runs in this process. ',
      view.epoch ? `It is number ${view.epoch} in the row of responders. ` : 'No responder has written a result yet. ',
      'Single actions, environments or priorities may have another mode (healing.modes).'));
};

const banner = (view, changed) => {
  const allowed = session.may('OPERATOR');
  if (!view.paused) {
    return el('div', { class: 'row' },
      allowed
        ? el('button', { on: { click: () => pause(changed) } }, 'Pause healing')
        : el('p', { class: 'hint' }, 'Pausing and approving need the role operator.'));
  }
  const { by, at: since, reason } = view.paused;
  return el('div', { class: 'banner is-paused', role: 'status' },
    el('div', {},
      el('p', { class: 'banner-title' }, 'Healing is paused: nothing is begun.'),
      el('p', {}, 'By ', el('bdi', {}, by), ', ', at(since), ' (', ago(since), '): ', el('bdi', {}, reason || 'no reason given'))),
    allowed
      ? el('button', { class: 'primary', on: { click: (event) => resume(event.target, changed) } }, 'Resume')
      : el('p', { class: 'hint' }, 'Resuming needs the role operator.'));
};

const pause = (changed) =>
  ask('Pause all healing', [{ name: 'text', label: 'Why', required: true, hint: 'Stands here for all to see, and in the audit.' }],
    'Pause', async ({ text }) => {
      await post('heal/pause', { text });
      changed();
    }, { danger: true, text: 'What is under way is finished and verified; nothing new is begun, and plans made meanwhile are refused, until somebody resumes.' });

const resume = async (button, changed) => {
  button.disabled = true;
  if (await act(() => post('heal/resume'), 'Resumed; the responder takes it up within a second.')) changed();
  else button.disabled = false;
};

export const show = async (root, params, signal) => {
  const plans = new Map();
  const steps = new Map();
  const asked = new Set();
  let view = null;
  const top = el('div', { class: 'panel heal-top' }, loading('Asking how healing stands'));
  const waits = panel('Waiting for a person');
  const flies = panel('Under way');
  const refused = panel('Refused', 'A guard said no. The first that objects decides; its name is in front of its reason.');
  const ended = panel('Ended', 'Verified: the target’s own probes, or its alert, say that it helped.');
  const config = panel('Actions', 'All that may ever be done: the operator’s own list. A plan can only name one of these.');
  const trust = panel('Trust', 'An action that helps too rarely has to ask again before it runs.');
  fill(root, head('Healing', 'What Tocsin may do by itself, what it does, and what came of it.'),
    top, waits.root, flies.root, el('div', { class: 'columns wide' }, refused.root, ended.root), config.root, trust.root);

  const stepsOf = async (plan) => {
    const whole = await get(`heal/plans/${id(plan)}`, {}, { signal });
    steps.set(plan, whole.steps ?? []);
    draw();
  };
  let asking = Promise.resolve();
  const context = {
    steps,
    asked,
    stepsOf: (plan) => { // one after the other: when a whole zone is down there are many
      asking = asking.then(() => (signal.aborted || steps.has(plan) ? null : stepsOf(plan))).catch(() => steps.set(plan, []));
    },
    word: (plan, answer) => decide(plan, answer),
  };
  const showWaiting = waiting(waits.body, context);
  const showFlying = inFlight(flies.body, context);
  const showRefused = lists(refused.body, context, 'refused');
  const showEnded = lists(ended.body, context, 'ended');

  const drawTop = (() => {
    let seen;
    return () => {
      const now = JSON.stringify([view.mode, view.separate, view.epoch, view.paused]);
      if (now === seen) return;
      seen = now;
      fill(top, mode(view), banner(view, again));
    };
  })();
  const draw = framed(() => {
    if (!view) return;
    drawTop();
    const all = [...plans.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
    const of = (test) => all.filter((plan) => test(plan.outcome));
    showWaiting(of((outcome) => WAITS.includes(outcome)).reverse(), view, waits);
    showFlying(of((outcome) => FLIES.includes(outcome)), view, flies);
    showRefused(of((outcome) => outcome === 'REFUSED'), view, refused);
    showEnded(of((outcome) => outcome !== 'REFUSED' && !WAITS.includes(outcome) && !FLIES.includes(outcome)), view, ended);
  }, signal);

  const decide = (plan, answer) =>
    ask(answer === 'approve' ? 'Approve this plan' : 'Reject this plan',
      [{ name: 'text', label: answer === 'approve' ? 'Remark (may stay empty)' : 'Why', required: answer === 'reject' }],
      answer === 'approve' ? 'Approve: do it' : 'Reject', async ({ text }) => {
        await post(`heal/plans/${id(plan.plan)}/${answer}`, { text });
        asked.add(plan.plan);
        draw();
      }, { danger: true, text: `${plan.action} on ${plan.target}. ${answer === 'approve'
        ? 'All guards judge it once more, with the target as it is then.' : 'It is not done, and counts as tried.'}` });

  /** The newest word on a plan; where its steps are known, it is one more of them. */
  const learn = (plan) => {
    plans.set(plan.plan, plan);
    const known = steps.get(plan.plan);
    if (known && !known.some((step) => step.outcome === plan.outcome)) {
      known.push({ outcome: plan.outcome, reason: plan.reason, at: plan.at });
    }
  };
  const load = async () => {
    try {
      view = await get('heal', {}, { signal });
      plans.clear();
      for (const plan of [...view.inFlight, ...view.waiting, ...view.refused, ...view.ended]) learn(plan);
      draw();
    } catch (failed) {
      if (!signal.aborted && !view) fill(top, failure(failed, load));
    }
  };
  /** A command takes its way through the topics: what came of it is there a moment later. */
  const again = () => [300, 1500, 4000].forEach((wait) => setTimeout(() => signal.aborted || load(), wait));

  live.on('heal', (plan) => {
    learn(plan);
    draw();
  }, signal);
  live.on('hello', load, signal);
  const round = setInterval(load, PAUSE_ROUND); // a pause is no event of a plan
  signal.addEventListener('abort', () => clearInterval(round));
  await load();
  actions(config, signal);
  autonomy(trust, signal);
};
