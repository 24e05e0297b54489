/** So many files are listed by name at first: more than most read, few enough to be there at once. The server lists as many. */
export const LISTED = 200;
