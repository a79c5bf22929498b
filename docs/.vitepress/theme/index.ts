import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { LiveExample } from './live-example.ts';
import './tokens.css';
import './layout.css';
import './code.css';
import './live-example.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // A page that cannot be rendered fails the build.
    app.config.throwUnhandledErrorInProduction = true;
    app.component('LiveExample', LiveExample);
  },
} satisfies Theme;
