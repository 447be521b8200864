package io.tocsin.alerting.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of one YAML file, and what is wrong with it so far. Makes no objects of what is written,
 * only nodes with places; every scalar is text until somebody asks for something else.
 *
 * <p>Bounds, ours: 4 MiB, nesting of 20. Anchors and aliases are refused, so that a text is never
 * larger than it looks and a part of it means the same alone.
 */
public final class YamlSource {

  private static final int LONGEST = 4 * 1024 * 1024;
  private static final int DEEPEST = 20;

  /** More problems than anybody reads at once. */
  private static final int MOST_PROBLEMS = 100;

  private final String file;
  private final int firstLine;
  private final String text;
  private final List<Problem> problems = new ArrayList<>();
  private final boolean isPlain;
  private int left;

  /**
   * A text.
   *
   * @param file as the user named it
   * @param firstLine line of the file at which the text begins, from 1
   * @param text YAML
   */
  public YamlSource(String file, int firstLine, String text) {
    this.file = file;
    this.firstLine = firstLine;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.isPlain = text.chars().noneMatch(character -> Character.isSurrogate((char) character));
  }

  /** The text as a mapping; empty, with problems, if it is none. */
  public Optional<YamlObject> root(String key) {
    if (text.length() > LONGEST) {
      problem(null, key, "is too long; " + LONGEST + " characters are allowed");
      return Optional.empty();
    }
    try {
      Node root = parser().compose(new StringReader(text));
      if (root == null) {
        problem(null, key, "is empty; write at least one key");
        return Optional.empty();
      }
      int before = problems.size();
      refuseAnchors(root, key);
      if (problems.size() > before) {
        return Optional.empty();
      }
      if (root instanceof MappingNode mapping) {
        return Optional.of(new YamlObject(this, mapping, key));
      }
      problem(root.getStartMark(), key, "has to be keys with values");
    } catch (MarkedYAMLException notYaml) {
      problem(notYaml.getProblemMark(), key, "is not YAML: " + notYaml.getProblem());
    } catch (YAMLException notYaml) {
      problem(null, key, "is not YAML: " + notYaml.getMessage());
    }
    return Optional.empty();
  }

  /** What is wrong, in the order of the file. */
  public List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    all.sort(null);
    if (left > 0) {
      all.add(new Problem(file, 0, 0, "", "has " + left + " more problems"));
    }
    return List.copyOf(all);
  }

  /** Whether nothing is wrong so far. */
  public boolean isGood() {
    return problems.isEmpty();
  }

  /** How many things are wrong so far. */
  public int count() {
    return problems.size() + left;
  }

  String text() {
    return text;
  }

  /** Where a mark is in the text; marks count code points. */
  int offset(Mark mark) {
    return isPlain ? mark.getIndex() : text.offsetByCodePoints(0, mark.getIndex());
  }

  String file() {
    return file;
  }

  int line(Mark mark) {
    return mark.getLine() + firstLine;
  }

  void problem(Mark mark, String key, String message) {
    int line = mark == null ? 0 : line(mark);
    int column = mark == null ? 0 : mark.getColumn() + 1;
    problem(line, column, key, message);
  }

  void problem(int line, int column, String key, String message) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(file, line, column, key, message));
    } else {
      left++;
    }
  }

  private void refuseAnchors(Node node, String key) {
    if (node.getAnchor() != null) {
      problem(node.getStartMark(), key, "anchors (&) are not understood; write it out");
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(each -> refuseAnchors(each, key));
    } else if (node instanceof MappingNode mapping) {
      mapping
          .getValue()
          .forEach(
              entry -> {
                refuseAnchors(entry.getKeyNode(), key);
                refuseAnchors(entry.getValueNode(), key);
              });
    }
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(LONGEST);
    options.setMaxAliasesForCollections(0);
    return new Yaml(new SafeConstructor(options));
  }
}
