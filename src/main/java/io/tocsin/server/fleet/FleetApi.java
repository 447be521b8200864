package io.tocsin.server.fleet;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.http.VersionedAnswer;
import io.tocsin.server.incident.Incidents;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Resources to read: all on a map, a list of some, one with all that is known of it. */
public final class FleetApi implements Area {

  private static final List<String> KINDS =
      Arrays.stream(ResourceKind.values()).map(Enum::name).toList();
  private static final List<String> SHORTAGES =
      Arrays.stream(BottleneckKind.values()).map(Enum::name).toList();
  private static final List<String> YES_NO = List.of("true", "false");
  private static final int MOST_CHILDREN = 500;

  private final Fleet fleet;
  private final FleetBoard board;
  private final Bottlenecks bottlenecks;
  private final Incidents incidents;
  private final WindowApi windows;

  /** Over these views. */
  public FleetApi(
      Fleet fleet,
      FleetBoard board,
      Windows windows,
      Bottlenecks bottlenecks,
      Incidents incidents) {
    this.fleet = fleet;
    this.board = board;
    this.bottlenecks = bottlenecks;
    this.incidents = incidents;
    this.windows = new WindowApi(windows);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/fleet", Role.VIEWER)
            .does("fleet", "All resources and how they stand, short enough to draw a map at once.")
            .answers(FleetMap.class)
            .by(
                VersionedAnswer.of(
                    context -> context.json(FleetMap.of(board.now())), board::version)),
        Endpoint.get("/api/v1/resources", Role.VIEWER)
            .does("fleet", "Resources with the newest that is known of each, in order of ids.")
            .query("kind", "of this kind", KINDS.toArray(String[]::new))
            .query("service", "of this service")
            .query("state", "that stand like this; several with commas between them")
            .query("text", "with this in the id, the name or a label")
            .answersPages(ResourceView.class)
            .by(this::resources),
        Endpoint.get("/api/v1/resource", Role.VIEWER)
            .does("fleet", "All that is known of one resource.")
            .query("id", "its id, such as host/web-1")
            .answers(ResourcePage.class)
            .by(this::resource),
        Endpoint.get("/api/v1/graph", Role.VIEWER)
            .does("fleet", "What a resource runs on, belongs to, depends on, and what does on it.")
            .query("root", "id of the resource it begins at")
            .query("depth", "how many steps away, 1 to 8; 2 if not said")
            .answers(GraphView.class)
            .by(this::graph),
        windows.newest(),
        windows.latencies(),
        windows.throughputs(),
        Endpoint.get("/api/v1/bottlenecks", Role.VIEWER)
            .does("fleet", "What is short, worst first; what is over comes last.")
            .query("active", "true: what is short now; false: what is over", "true", "false")
            .query("resource", "of this resource only")
            .query("kind", "of this kind", SHORTAGES.toArray(String[]::new))
            .answersPages(BottleneckView.class)
            .by(VersionedAnswer.of(this::bottlenecks, bottlenecks::version)));
  }

  private void resources(Context context) throws RequestProblem {
    Query query = new Query(context, "kind", "service", "state", "text", "limit", "after");
    Optional<String> kind = query.word("kind", KINDS);
    Optional<String> service = query.text("service");
    Set<String> states = query.words("state", Standing.NAMES);
    Optional<String> text = query.text("text").map(word -> word.toLowerCase(Locale.ROOT));
    query.check();
    FleetSnapshot at = board.now();
    List<Resource> all = at.resources();
    List<Resource> wanted =
        IntStream.range(0, all.size())
            .filter(i -> states.isEmpty() || states.contains(at.standings()[i].name()))
            .mapToObj(all::get)
            .filter(each -> kind.isEmpty() || kind.get().equals(each.getKind().name()))
            .filter(each -> service.isEmpty() || isOf(each, service.get()))
            .filter(each -> text.isEmpty() || says(each, text.get()))
            .toList();
    Pages.answer(context, wanted, Resource::getId, each -> board.view(at, each));
  }

  private static boolean isOf(Resource resource, String service) {
    return service.equals(resource.getService())
        || (resource.getKind() == ResourceKind.SERVICE && service.equals(resource.getName()));
  }

  private static boolean says(Resource resource, String text) {
    return resource.getId().toLowerCase(Locale.ROOT).contains(text)
        || resource.getName().toLowerCase(Locale.ROOT).contains(text)
        || resource.getLabels().values().stream()
            .anyMatch(label -> label.toLowerCase(Locale.ROOT).contains(text));
  }

  private void resource(Context context) throws RequestProblem {
    Query query = new Query(context, "id");
    String id = query.needed("id");
    query.check();
    Optional<Resource> found = fleet.resource(id);
    if (found.isEmpty()) {
      noSuch(context);
      return;
    }
    FleetSnapshot at = board.now();
    context.json(
        new ResourcePage(
            board.view(at, found.get()),
            fleet.children(found.get()).stream()
                .limit(MOST_CHILDREN)
                .map(each -> board.view(at, each))
                .toList(),
            fleet.parents(id).stream().map(each -> board.view(at, each)).toList(),
            incidents.of(id),
            bottlenecks.of(id),
            windows.of(id)));
  }

  private void graph(Context context) throws RequestProblem {
    Query query = new Query(context, "root", "depth");
    String root = query.needed("root");
    int depth = query.number("depth", 1, 8, 2);
    query.check();
    if (fleet.resource(root).isEmpty()) {
      noSuch(context);
      return;
    }
    FleetSnapshot at = board.now();
    context.json(
        fleet.ask(graph -> GraphView.around(graph, root, depth, id -> at.standing(id).name())));
  }

  private void bottlenecks(Context context) throws RequestProblem {
    Query query = new Query(context, "active", "resource", "kind", "limit", "after");
    Optional<String> active = query.word("active", YES_NO);
    Optional<String> resource = query.text("resource");
    Optional<String> kind = query.word("kind", SHORTAGES);
    query.check();
    List<BottleneckView> wanted =
        bottlenecks.all().stream()
            .filter(each -> active.isEmpty() || active.get().equals("" + each.active()))
            .filter(each -> resource.isEmpty() || resource.get().equals(each.resource()))
            .filter(each -> kind.isEmpty() || kind.get().equals(each.kind()))
            .toList();
    Pages.answer(context, wanted, each -> each.resource() + " " + each.kind() + " " + each.since());
  }

  private static void noSuch(Context context) {
    problem(
        context,
        HttpStatus.NOT_FOUND,
        "no resource has this id; /api/v1/resources lists those there are");
  }
}
