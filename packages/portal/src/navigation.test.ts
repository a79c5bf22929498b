import { expect, test } from 'vitest';
import { routeOf, signInPath, workPath } from './navigation.ts';

test.each([
  ['/portal', { page: 'tasks' }],
  ['/portal/', { page: 'tasks' }],
  ['/portal/sign-in', { page: 'sign-in', returnTo: '/portal' }],
  ['/portal/sign-in?to=%2Fportal%2Fwork%2Fa1', { page: 'sign-in', returnTo: '/portal/work/a1' }],
  ['/portal/sign-in?to=%2Fportal%2Fsessions', { page: 'sign-in', returnTo: '/portal/sessions' }],
  ['/portal/sign-in?to=%2F%2Fevil.example', { page: 'sign-in', returnTo: '/portal' }],
  ['/portal/sign-in?to=https%3A%2F%2Fevil.example%2Fportal', { page: 'sign-in', returnTo: '/portal' }],
  ['/portal/sign-in?to=%2Fportal%2Fwork%2F..%2F..%2Fx', { page: 'sign-in', returnTo: '/portal' }],
  [
    '/portal/sign-in?to=%2Fportal%3Ftext%3Da%2520b%26sort%3Ddue',
    { page: 'sign-in', returnTo: '/portal?text=a%20b&sort=due' },
  ],
  ['/portal/sign-in?to=%2Fportal%3F%5C%5Cevil.example', { page: 'sign-in', returnTo: '/portal' }],
  ['/portal/link#abc-123', { page: 'link', token: 'abc-123' }],
  ['/portal/work/a%2Fb', { page: 'work', assignmentId: 'a/b' }],
  ['/portal/work/%E0%A4', { page: 'work', assignmentId: '%E0%A4' }],
  ['/portal/work', { page: 'unknown' }],
  ['/portal/work/a/b', { page: 'unknown' }],
])('%s', (address, route) => {
  expect(routeOf(new URL(address, 'http://localhost'))).toEqual(route);
});

test('the sign-in page leads back to where the worker was', () => {
  const back = routeOf(new URL(signInPath(workPath('a 1')), 'http://localhost'));
  expect(back).toEqual({ page: 'sign-in', returnTo: '/portal/work/a%201' });
});
