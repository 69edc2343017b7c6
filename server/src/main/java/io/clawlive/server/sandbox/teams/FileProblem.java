package io.clawlive.server.sandbox.teams;

/**
 * What is wrong with a file.
 *
 * @param file its name within the folder
 * @param line from 1; 0 when it is no line's
 * @param message what was found and what is expected
 * @param error whether the file cannot be used; false when only a part of it is left out
 */
record FileProblem(String file, int line, String message, boolean error) {}
