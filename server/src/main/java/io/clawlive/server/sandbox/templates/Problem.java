package io.clawlive.server.sandbox.templates;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Something wrong in a file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 */
record Problem(String file, int line, int column, String what) {

  static Problem at(String file, Node node, String what) {
    return at(file, node.getStartMark(), what);
  }

  static Problem at(String file, Mark mark, String what) {
    return new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, what);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + " " + what;
  }
}
