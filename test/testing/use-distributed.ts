import { inject } from 'vitest';
import type {} from './distributed-setup.ts';

Object.assign(process.env, inject('distributed'));
