// Where the reader is in the list of messages, and that they stay there whatever comes in above, below or inside. There are two places to be: at the
// present, or at a message with its distance from the upper edge. Each change of the page puts the reader back to that place before it is painted.
//
// A script that scrolls ends the movement that the wheel has begun, and what was left of it is lost: the list would stick each time that messages come in.
// So there is a reserve of empty space above the rows, and while the reader scrolls it gives what comes in above, and takes what goes. The list scrolls by
// itself only when the reader rests; the reserve is out of reach, as what lies above the beginning is.

const lists = new Map();

// By the time that the module has arrived the reader may be in another room: then there is no such element any more.
export function attach(viewport, content, reserve, dotnet, number, offset) {
  sweep();
  if (viewport !== null) lists.set(viewport, new ScrollKeeper(viewport, content, reserve, dotnet, number, offset));
}

export function toPresent(viewport) {
  lists.get(viewport)?.toPresent();
}

export function toNumber(viewport, number) {
  lists.get(viewport)?.toNumber(number);
}

// Blazor takes an element out of the page before it tells the component, so a list is known to be over by its absence.
export function sweep() {
  for (const [viewport, keeper] of lists) {
    if (viewport.isConnected) continue;
    keeper.detach();
    lists.delete(viewport);
  }
}

// Half a pixel of rounding is not scrolling.
const closeToEnd = 2;
const reportDelayMilliseconds = 100;
// How long after the last turn of a wheel or press of a key the list may still be moving by itself.
const motionMilliseconds = 300;
// Scrolled through without a rest before the list sticks once; in CSS pixels.
const reservePixels = 20_000;

class ScrollKeeper {
  constructor(viewport, content, reserve, dotnet, number, offset) {
    this.viewport = viewport;
    this.content = content;
    this.reserve = reserve;
    this.reserved = 0;
    this.dotnet = dotnet;
    this.movedAt = -Infinity;
    this.anchor = number === null ? null : { number, offset, scrollTop: viewport.scrollTop };
    this.asking = { older: false, newer: false };
    this.leaving = new AbortController();

    const options = { signal: this.leaving.signal, passive: true };
    viewport.addEventListener('scroll', () => this.onScroll(), options);
    for (const move of ['wheel', 'touchmove', 'keydown', 'pointerdown']) viewport.addEventListener(move, () => this.onMove(), options);
    window.addEventListener('focus', () => this.reportFocus(), options);
    window.addEventListener('blur', () => this.reportFocus(), options);
    document.addEventListener('visibilitychange', () => this.reportFocus(), options);

    // Called after Blazor has changed the page and before the browser paints it.
    this.changes = new MutationObserver(() => this.keepPlace());
    this.changes.observe(content, { childList: true, subtree: true, characterData: true });
    this.sizes = new ResizeObserver(() => this.keepPlace());
    this.sizes.observe(viewport);
    this.sizes.observe(content);
    this.keepPlace();
    this.reportFocus();
  }

  detach() {
    this.leaving.abort();
    this.changes.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.reporting);
    clearTimeout(this.resting);
  }

  reportFocus() {
    const focused = document.visibilityState === 'visible' && document.hasFocus();
    if (focused === this.focused) return;
    this.focused = focused;
    this.call('OnWindowFocusChanged', focused);
  }

  toPresent() {
    this.anchor = null;
    this.keepPlace();
    this.report();
  }

  toNumber(number) {
    this.anchor = { number, offset: this.viewport.clientHeight / 3, scrollTop: this.viewport.scrollTop };
    this.movedAt = -Infinity;
    this.keepPlace();
    this.report();
  }

  onMove() {
    this.movedAt = performance.now();
  }

  isMoving() {
    return performance.now() - this.movedAt < motionMilliseconds;
  }

  keepPlace() {
    if (!this.isMoving() || this.content.dataset.older !== 'true') this.reserveAnew();
    if (this.anchor === null) {
      this.viewport.scrollTop = this.viewport.scrollHeight;
    } else {
      const row = this.content.querySelector(`[data-number="${this.anchor.number}"]`);
      if (row) this.hold(row);
    }
    this.sizeNow = this.size();
    this.askAtEdges();
  }

  // Puts the row back to where it was, or to where the reader's own scrolling has brought it meanwhile: the event that tells of that may still be to come.
  hold(row) {
    const moving = this.isMoving();
    const scrolled = moving ? this.viewport.scrollTop - this.anchor.scrollTop : 0;
    const away = this.topOf(row) - (this.anchor.offset - scrolled);
    if (Math.abs(away) >= 0.5) {
      if (moving && this.reserved < away) this.reserveAnew();
      if (moving && this.reserved >= away) this.setReserve(this.reserved - away);
      else this.viewport.scrollTop += away;
    }
    this.anchor.offset -= scrolled;
    this.anchor.scrollTop = this.viewport.scrollTop;
  }

  setReserve(pixels) {
    this.reserved = pixels;
    this.reserve.style.blockSize = `${pixels}px`;
  }

  // Nothing moves that the reader sees; but the list sticks where it was moving.
  reserveAnew() {
    const wanted = this.content.dataset.older === 'true' ? reservePixels : 0;
    const more = wanted - this.reserved;
    if (more === 0) return;
    this.setReserve(wanted);
    this.viewport.scrollTop += more;
    if (this.anchor !== null) this.anchor.scrollTop = this.viewport.scrollTop;
    this.sizeNow = this.size();
  }

  size() {
    return `${this.viewport.clientHeight} ${this.viewport.scrollHeight} ${this.viewport.clientWidth}`;
  }

  onScroll() {
    // The browser itself scrolls where the list's size changes, and says so before the observers do. That is not the reader.
    if (this.size() !== this.sizeNow) {
      this.keepPlace();
      if (!this.isMoving()) return;
    }
    if (this.isMoving()) this.onMove();
    if (this.viewport.scrollTop < this.reserved) this.viewport.scrollTop = this.reserved;
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    const atEnd = scrollHeight - clientHeight - scrollTop <= closeToEnd && this.content.dataset.newer !== 'true';
    const was = this.anchor === null;
    this.anchor = atEnd ? null : this.firstInView();
    clearTimeout(this.reporting);
    if (was !== (this.anchor === null)) this.report();
    else this.reporting = setTimeout(() => this.report(), reportDelayMilliseconds);
    this.askAtEdges();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), motionMilliseconds);
  }

  rest() {
    if (this.isMoving()) this.resting = setTimeout(() => this.rest(), motionMilliseconds);
    else this.reserveAnew();
  }

  report() {
    this.call('StopAt', this.anchor?.number ?? null, this.anchor?.offset ?? 0);
  }

  topOf(row) {
    return row.getBoundingClientRect().top - this.viewport.getBoundingClientRect().top;
  }

  // The rows stand in order, so the first one that reaches into the view is found by halving.
  firstInView() {
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

  // Asked for well before the end comes into view, so that there is no end to be seen.
  askAtEdges() {
    const { scrollTop, scrollHeight, clientHeight } = this.viewport;
    // In a full page what comes in at one edge goes out at the other: near must not be both of them, or they would go round for ever.
    const near = Math.min(3 * clientHeight, this.content.dataset.full === 'true' ? (scrollHeight - this.reserved - clientHeight) / 3 : Infinity);
    if (scrollTop - this.reserved < near && this.content.dataset.older === 'true') this.ask('older', 'ShowOlderAsync');
    if (scrollHeight - clientHeight - scrollTop < near && this.content.dataset.newer === 'true') this.ask('newer', 'ShowNewerAsync');
  }

  async ask(edge, method) {
    if (this.asking[edge]) return;
    this.asking[edge] = true;
    const came = await this.call(method);
    this.asking[edge] = false;
    // Where nothing came (no connection), the next scrolling asks again.
    if (came) this.askAtEdges();
  }

  async call(method, ...args) {
    try {
      return await this.dotnet.invokeMethodAsync(method, ...args);
    } catch {
      // The component is gone: the reader went to Another room in this moment.
      return false;
    }
  }
}
