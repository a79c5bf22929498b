/**
 * A module of the runtime, loaded when it is needed. An import would load it with all that it has for other programs, as an
 * ES module even what it only loads on demand: that took 80 of the 90 milliseconds in which this package was imported.
 */
export const builtin: typeof process.getBuiltinModule = process.getBuiltinModule;
