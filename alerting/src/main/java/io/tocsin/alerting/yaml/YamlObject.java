package io.tocsin.alerting.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Keys with values. Asking for a key in a form that it does not have is answered as if it were not
 * there, and a problem is noted; so a reader simply asks, and looks for problems at the end.
 */
public final class YamlObject {

  private final YamlSource source;
  private final MappingNode node;
  private final String key;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

  YamlObject(YamlSource source, MappingNode node, String key) {
    this.source = source;
    this.node = node;
    this.key = key;
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        source.problem(entry.getKeyNode().getStartMark(), key, "a key has to be text");
      } else if (entries.putIfAbsent(name.getValue(), entry) != null) {
        source.problem(name.getStartMark(), path(name.getValue()), "stands here twice");
      }
    }
  }

  /** Notes a problem for each key that is none of these. */
  public void allow(Collection<String> known) {
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            source.problem(
                entry.getKeyNode().getStartMark(),
                path(name),
                "is not known here" + Spelling.hint(name, known));
          }
        });
  }

  /** Whether the key is there. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** All keys, in the order of the file. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** A scalar. */
  public Optional<YamlText> text(String name) {
    return value(name).flatMap(value -> text(value, path(name)));
  }

  /** A scalar that has to be there. */
  public Optional<YamlText> required(String name) {
    if (!has(name)) {
      problem(name, "is missing");
    }
    return text(name);
  }

  /** A scalar, or a list of them. */
  public List<YamlText> texts(String name) {
    return list(name, true, (value, at) -> text(value, at));
  }

  /** A list of mappings that has to be one. */
  public List<YamlObject> objects(String name) {
    return list(name, false, (value, at) -> object(value, at));
  }

  /** A mapping. */
  public Optional<YamlObject> object(String name) {
    return value(name).flatMap(value -> object(value, path(name)));
  }

  /** Says what is wrong with a key; with the whole if there is none of that name. */
  public void problem(String name, String message) {
    NodeTuple entry = entries.get(name);
    Mark mark = entry == null ? node.getStartMark() : entry.getKeyNode().getStartMark();
    source.problem(mark, name.isEmpty() ? key : path(name), message);
  }

  /** The line it begins at, from 1. */
  public int line() {
    return source.line(node.getStartMark());
  }

  /** The file it stands in. */
  public String file() {
    return source.file();
  }

  /** Its own text, indented as it stands in the file, so that columns stay the same. */
  public String slice() {
    String text = source.text();
    int from = source.offset(node.getStartMark());
    int to = source.offset(node.getEndMark());
    return " ".repeat(node.getStartMark().getColumn())
        + text.substring(from, to).stripTrailing()
        + "\n";
  }

  /** The same for the same content, whatever its order of keys, layout and comments. */
  public String canonical() {
    return Canonical.of(node);
  }

  private <T> List<T> list(String name, boolean alone, Reader<T> reader) {
    Optional<Node> value = value(name);
    List<T> all = new ArrayList<>();
    if (value.isPresent() && value.get() instanceof SequenceNode list) {
      for (int i = 0; i < list.getValue().size(); i++) {
        reader.read(list.getValue().get(i), path(name) + "[" + i + "]").ifPresent(all::add);
      }
    } else if (value.isPresent() && alone) {
      reader.read(value.get(), path(name)).ifPresent(all::add);
    } else if (value.isPresent()) {
      source.problem(value.get().getStartMark(), path(name), "has to be a list");
    }
    return all;
  }

  private Optional<Node> value(String name) {
    return Optional.ofNullable(entries.get(name)).map(NodeTuple::getValueNode);
  }

  private Optional<YamlText> text(Node value, String at) {
    if (value instanceof ScalarNode scalar) {
      return Optional.of(new YamlText(source, scalar, at));
    }
    source.problem(value.getStartMark(), at, "has to be one value");
    return Optional.empty();
  }

  private Optional<YamlObject> object(Node value, String at) {
    if (value instanceof MappingNode mapping) {
      return Optional.of(new YamlObject(source, mapping, at));
    }
    source.problem(value.getStartMark(), at, "has to be keys with values");
    return Optional.empty();
  }

  private String path(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  private interface Reader<T> {
    Optional<T> read(Node value, String at);
  }
}
