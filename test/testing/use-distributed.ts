import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { inject } from 'vitest';
import { tlsCertificate } from '../../packages/server/src/testing/tls.ts';
import type {} from './distributed-setup.ts';

Object.assign(process.env, inject('distributed'));
// The proxy before the nodes speaks TLS, with the certificate of the tests.
setDefaultCACertificates([...getCACertificates(), tlsCertificate]);
