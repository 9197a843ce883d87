// How modules call the program.

// What the method returned, or undefined where the call failed: the component may be gone, or the whole program, and the page says so elsewhere. The program
// itself never answers undefined.
export async function call(dotnet, method, ...args) {
  try {
    return await dotnet.invokeMethodAsync(method, ...args);
  } catch {
    return undefined;
  }
}
