/** A style imported for its effect: the build gathers all of them into one file. */
declare module '*.css';
