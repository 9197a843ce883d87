// The bar of commands stands at the message under the pointer, or with the focus; keys and the context menu give commands, too. A list of messages is one stop
// for Tab: arrow keys go from message to message, and on a message the listed letters are commands. Every other letter goes to the composer (composer-focus.js).
import { setContextPoint } from '../../context-point.js';
import { openOverlay, whenRemoved } from '../../focus.js';
import { holdKeysFor } from '../../key-queue.js';
import { hasModifier } from '../../keys.js';
import { call } from '../../program.js';

const letters = { e: 'edit', r: 'reply', '+': 'pick', Delete: 'delete' };

// With Shift nothing is asked.
const shifted = { Delete: 'deleteNow' };

export function attach(bar, dotnet) {
  // The list may be gone by the time that this module has loaded.
  const viewport = bar?.parentElement?.querySelector('[role="log"]');
  if (viewport) new MessageCommands(viewport, bar, dotnet);
}

// What opens next stands beside this button.
export function focusCommand(bar, command) {
  bar.querySelector(`[data-command="${command}"]`).focus();
}

class MessageCommands {
  constructor(viewport, bar, dotnet) {
    Object.assign(this, { viewport, bar, dotnet, row: null });
    this.lifetime = new AbortController();
    const options = { signal: this.lifetime.signal };
    const passive = { ...options, passive: true };
    viewport.addEventListener('pointerover', (event) => this.onPointer(event), passive);
    viewport.parentElement.addEventListener('pointerleave', () => this.hide(), passive);
    viewport.addEventListener('scroll', () => this.hide(), passive);
    viewport.addEventListener('focusin', (event) => this.show(rowOf(event.target)), options);
    viewport.addEventListener('keydown', (event) => this.onKey(event), options);
    viewport.addEventListener('contextmenu', (event) => this.onContextMenu(event), options);
    bar.addEventListener('click', (event) => this.onClick(event), options);
    bar.addEventListener('keydown', (event) => this.onBarKey(event), options);
    whenRemoved(viewport, () => this.lifetime.abort());
  }

  // Touch has no hover: there the bar comes with the context menu's long press.
  onPointer(event) {
    if (event.pointerType !== 'touch') this.show(rowOf(event.target));
  }

  show(row) {
    if (openOverlay() !== null) return;
    this.row = row;
    this.bar.hidden = row === null;
    if (row === null) return;
    this.bar.dataset.own = row.dataset.own ?? 'false';
    const top = row.getBoundingClientRect().top - this.viewport.getBoundingClientRect().top - this.bar.offsetHeight / 2;
    this.bar.style.insetBlockStart = `${Math.max(top, 4)}px`;
  }

  // The bar is what a menu stands beside, and what gets the focus back.
  hide() {
    if (openOverlay() === null && !this.bar.contains(document.activeElement)) this.show(null);
  }

  onClick(event) {
    const button = event.target.closest('[data-command]');
    if (button !== null) this.give(button.dataset.command, button.dataset.emoji);
  }

  onBarKey(event) {
    if (event.key === 'Escape') this.row?.focus();
  }

  onContextMenu(event) {
    const row = rowOf(event.target);
    // Words that are selected, links and pictures have a menu of the system's own.
    if (row === null || event.target.closest('a, button') !== null || !getSelection().isCollapsed) return;
    event.preventDefault();
    row.focus({ preventScroll: true });
    this.show(row);
    this.give('menu');
  }

  onKey(event) {
    if (hasModifier(event)) return;
    const row = rowOf(event.target);
    if (event.target === this.viewport && ['ArrowUp', 'ArrowDown'].includes(event.key)) {
      const last = rowsOf(this.viewport).findLast((one) => isInView(one, this.viewport));
      if (last !== undefined) this.focusRow(event, last);
      return;
    }
    if (event.target !== row) return;
    const rows = rowsOf(this.viewport);
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    if (event.key in steps) this.focusRow(event, rows[rows.indexOf(row) + steps[event.key]]);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || event.key === 'Enter') this.take(event, 'menu');
    else if (commandOf(event) !== undefined) this.take(event, commandOf(event));
  }

  focusRow(event, row) {
    event.preventDefault();
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  take(event, command) {
    event.preventDefault();
    event.stopPropagation();
    const row = rowOf(event.target);
    this.show(row);
    const { right, top } = row.getBoundingClientRect();
    if (command === 'menu') setContextPoint(right, top);
    else if (command === 'pick') focusCommand(this.bar, command);
    // What is typed next is for what the command opens.
    holdKeysFor(this.give(command));
  }

  async give(command, emoji = null) {
    if (this.row !== null) await call(this.dotnet, 'DoAsync', Number(this.row.dataset.number), command, emoji);
  }
}

// "+" is typed with Shift on many keyboards.
const commandOf = (event) => (event.shiftKey && event.key !== '+' ? shifted : letters)[event.key];

const rowOf = (element) => element.closest?.('[data-number]') ?? null;

const rowsOf = (viewport) => [...viewport.querySelectorAll('[data-number]')];

function isInView(row, viewport) {
  const [one, all] = [row.getBoundingClientRect(), viewport.getBoundingClientRect()];
  return one.top >= all.top && one.bottom <= all.bottom + 1;
}
