// What several listeners ask of a key.
export const hasModifier = (event) => event.ctrlKey || event.altKey || event.metaKey;

// Whether an input method is composing with the key; WebKit says so by the code 229 alone.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
