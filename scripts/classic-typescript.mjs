// dependency-cruiser parses with the TypeScript compiler's JavaScript interface, which the native compiler no longer has:
// `node --import` this file and `typescript` means the classic one.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    return next(specifier.replace(/^typescript(?=\/|$)/, 'typescript-classic'), context);
  },
});
