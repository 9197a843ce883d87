// Keeps the scroll position of a message list when rows are added, removed, or change their height. The position is either the lower end (the present) or an
// anchor: a message with its distance from the upper edge. After each change of the page the position is restored before the browser paints.
//
// Setting scrollTop cancels momentum scrolling, so the list would stop whenever rows are added. Therefore a spacer stands above the rows: rows that are added
// above shrink it, rows that are removed there grow it, and scrollTop stays as it is. It is reset when the user has stopped scrolling. The user cannot scroll
// into it.
import { call } from '../../program.js';

const lists = new Map();

// The list may be gone by the time that this module has loaded.
export function attach(viewport, content, spacer, dotnet, number, offset) {
  sweep();
  if (viewport !== null) lists.set(viewport, new ScrollKeeper(viewport, content, spacer, dotnet, number, offset));
}

export function toPresent(viewport) {
  lists.get(viewport)?.toPresent();
}

export function toNumber(viewport, number) {
  lists.get(viewport)?.toNumber(number);
}

// Blazor removes the element before it disposes the component, so a list that is gone is one that is not in the page any more.
export function sweep() {
  for (const [viewport, keeper] of lists) {
    if (viewport.isConnected) continue;
    keeper.detach();
    lists.delete(viewport);
  }
}

// For rounding.
const closeToEnd = 2;
const reportDelayMilliseconds = 100;
// How long the list may go on scrolling by itself after the last input.
const motionMilliseconds = 300;
// In CSS pixels. Who scrolls further than this without a pause sees the list stop once.
const fullSpacerPixels = 20_000;

class ScrollKeeper {
  constructor(viewport, content, spacer, dotnet, number, offset) {
    this.viewport = viewport;
    this.content = content;
    this.spacer = spacer;
    this.spacerSize = 0;
    this.dotnet = dotnet;
    this.movedAt = -Infinity;
    this.anchor = number === null ? null : { number, offset, scrollTop: viewport.scrollTop };
    this.asking = { older: false, newer: false };
    this.lifetime = new AbortController();

    const options = { signal: this.lifetime.signal, passive: true };
    viewport.addEventListener('scroll', () => this.onScroll(), options);
    for (const move of ['wheel', 'touchmove', 'keydown', 'pointerdown']) viewport.addEventListener(move, () => this.onMove(), options);
    window.addEventListener('focus', () => this.reportFocus(), options);
    window.addEventListener('blur', () => this.reportFocus(), options);
    document.addEventListener('visibilitychange', () => this.reportFocus(), options);

    // Called after Blazor has changed the page and before the browser paints it.
    this.changes = new MutationObserver(() => this.restorePosition());
    this.changes.observe(content, { childList: true, subtree: true, characterData: true });
    this.sizes = new ResizeObserver(() => this.restorePosition());
    this.sizes.observe(viewport);
    this.sizes.observe(content);
    this.restorePosition();
    this.reportFocus();
  }

  detach() {
    this.lifetime.abort();
    this.changes.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.reporting);
    clearTimeout(this.resting);
  }

  reportFocus() {
    const focused = document.visibilityState === 'visible' && document.hasFocus();
    if (focused === this.focused) return;
    this.focused = focused;
    call(this.dotnet, 'OnWindowFocusChanged', focused);
  }

  toPresent() {
    this.anchor = null;
    this.restorePosition();
    this.report();
  }

  toNumber(number) {
    this.anchor = { number, offset: this.viewport.clientHeight / 3, scrollTop: this.viewport.scrollTop };
    this.movedAt = -Infinity;
    this.restorePosition();
    this.report();
  }

  onMove() {
    this.movedAt = performance.now();
  }

  isMoving() {
    return performance.now() - this.movedAt < motionMilliseconds;
  }

  restorePosition() {
    if (!this.isMoving() || this.content.dataset.older !== 'true') this.resetSpacer();
    if (this.anchor === null) {
      this.viewport.scrollTop = this.viewport.scrollHeight;
    } else {
      const row = this.content.querySelector(`[data-number="${this.anchor.number}"]`);
      if (row) this.restoreAnchor(row);
    }
    this.sizeNow = this.size();
    this.loadNearEdges();
  }

  // Puts the anchor's row back to its distance from the upper edge, less what the user has scrolled since; its scroll event may be still to come.
  restoreAnchor(row) {
    const moving = this.isMoving();
    const scrolled = moving ? this.viewport.scrollTop - this.anchor.scrollTop : 0;
    const away = this.topOf(row) - (this.anchor.offset - scrolled);
    if (Math.abs(away) >= 0.5) {
      if (moving && this.spacerSize < away) this.resetSpacer();
      if (moving && this.spacerSize >= away) this.setSpacer(this.spacerSize - away);
      else this.viewport.scrollTop += away;
    }
    this.anchor.offset -= scrolled;
    this.anchor.scrollTop = this.viewport.scrollTop;
  }

  setSpacer(pixels) {
    this.spacerSize = pixels;
    this.spacer.style.blockSize = `${pixels}px`;
  }

  // Gives the spacer its full size, and scrolls by the difference: what the user sees stays, but momentum scrolling stops. The anchor moves by as much,
  // and no further: what the user has scrolled since, whose event is still to come, goes on counting.
  resetSpacer() {
    const wanted = this.content.dataset.older === 'true' ? fullSpacerPixels : 0;
    const more = wanted - this.spacerSize;
    if (more === 0) return;
    const before = this.viewport.scrollTop;
    this.setSpacer(wanted);
    this.viewport.scrollTop = before + more;
    if (this.anchor !== null) this.anchor.scrollTop += this.viewport.scrollTop - before;
    this.sizeNow = this.size();
  }

  size() {
    return `${this.viewport.clientHeight} ${this.viewport.scrollHeight} ${this.viewport.clientWidth}`;
  }

  onScroll() {
    // When sizes change the browser scrolls by itself, before the observers are called. That is not the user.
    if (this.size() !== this.sizeNow) {
      this.restorePosition();
      if (!this.isMoving()) return;
    }
    if (this.isMoving()) this.onMove();
    if (this.viewport.scrollTop < this.spacerSize) this.viewport.scrollTop = this.spacerSize;
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    const atEnd = scrollHeight - clientHeight - scrollTop <= closeToEnd && this.content.dataset.newer !== 'true';
    const was = this.anchor === null;
    this.anchor = atEnd ? null : this.firstVisible();
    clearTimeout(this.reporting);
    if (was !== (this.anchor === null)) this.report();
    else this.reporting = setTimeout(() => this.report(), reportDelayMilliseconds);
    this.loadNearEdges();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), motionMilliseconds);
  }

  rest() {
    if (this.isMoving()) this.resting = setTimeout(() => this.rest(), motionMilliseconds);
    else this.resetSpacer();
  }

  report() {
    call(this.dotnet, 'OnScrolled', this.anchor?.number ?? null, this.anchor?.offset ?? 0);
  }

  topOf(row) {
    return row.getBoundingClientRect().top - this.viewport.getBoundingClientRect().top;
  }

  // The first row that reaches into the viewport, by binary search.
  firstVisible() {
    const rows = this.content.querySelectorAll('[data-number]');
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.topOf(rows[middle]) + rows[middle].offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    const row = rows[low];
    return row ? { number: Number(row.dataset.number), offset: this.topOf(row), scrollTop: this.viewport.scrollTop } : null;
  }

  // Loads rows well before the user reaches an end.
  loadNearEdges() {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    // In a full window, rows added at one end are removed at the other. If both ends were near, this would go on for ever.
    const near = Math.min(3 * clientHeight, this.content.dataset.full === 'true' ? (scrollHeight - this.spacerSize - clientHeight) / 3 : Infinity);
    if (scrollTop - this.spacerSize < near && this.content.dataset.older === 'true') this.ask('older', 'ShowOlderAsync');
    if (scrollHeight - clientHeight - scrollTop < near && this.content.dataset.newer === 'true') this.ask('newer', 'ShowNewerAsync');
  }

  async ask(edge, method) {
    if (this.asking[edge]) return;
    this.asking[edge] = true;
    const added = await call(this.dotnet, method);
    this.asking[edge] = false;
    // Without a connection nothing comes; the next scroll event asks again.
    if (added) this.loadNearEdges();
  }
}
