type Page = { readonly NextToken?: string | undefined };

/** The pages of a list, one call each, as long as they are asked for. */
export async function* pages<P extends Page>(fetch: (NextToken: string | undefined) => Promise<P>): AsyncGenerator<P> {
  for (let token: string | undefined; ; ) {
    const page = await fetch(token);
    yield page;
    token = page.NextToken;
    if (token === undefined) return;
  }
}
