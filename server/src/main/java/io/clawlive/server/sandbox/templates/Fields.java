package io.clawlive.server.sandbox.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Takes values out of nodes and says where one is not what it should be. */
final class Fields {
  private final String file;
  private final List<Problem> problems;

  Fields(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  String file() {
    return file;
  }

  void wrong(Node node, String what) {
    problems.add(Problem.at(file, node, what));
  }

  /** Calls for every member of an object, which has each key once. */
  void members(Node node, String what, BiConsumer<ScalarNode, Node> each) {
    if (!(node instanceof MappingNode mapping)) {
      wrong(node, what + ": expected an object");
      return;
    }
    Map<String, Node> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        wrong(tuple.getKeyNode(), what + ": expected a name");
      } else if (seen.putIfAbsent(key.getValue(), key) != null) {
        wrong(key, what + ": '" + key.getValue() + "' is there twice");
      } else {
        each.accept(key, tuple.getValueNode());
      }
    }
  }

  /** The items of a list; what is none has no items. */
  List<Node> items(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    wrong(node, what + ": expected a list");
    return List.of();
  }

  /** A text; numbers and words such as true are taken as they are written. */
  String text(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    wrong(node, what + ": expected a text");
    return "";
  }

  List<String> texts(Node node, String what) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(node, what)) {
      texts.add(text(item, what));
    }
    return texts;
  }

  OptionalInt whole(Node node, String what) {
    try {
      int value = Integer.parseInt(text(node, what).replace("_", ""));
      if (value >= 0) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Said below, in the words of the file.
    }
    wrong(node, what + ": expected a whole number that is not negative");
    return OptionalInt.empty();
  }

  OptionalDouble number(Node node, String what) {
    try {
      double value = Double.parseDouble(text(node, what));
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      // Said below, in the words of the file.
    }
    wrong(node, what + ": expected a number that is not negative");
    return OptionalDouble.empty();
  }

  boolean truth(Node node, String what) {
    String text = text(node, what);
    if (!text.equals("true") && !text.equals("false")) {
      wrong(node, what + ": expected true or false");
    }
    return text.equals("true");
  }
}
