/** How many loops are unfinished, which the server counts so far: "999" or "1000 or more". */
export const countText = (count: number): string => (count >= 1000 ? '1000 or more' : String(count));
