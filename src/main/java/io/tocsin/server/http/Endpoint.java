package io.tocsin.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.tocsin.server.access.Role;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One thing that the API does: what the server routes, what access is decided by, and what the
 * OpenAPI document says are all made from it, so that they cannot differ.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path as Javalin writes it: <code>{id}</code> is one segment, <code>&lt;id&gt;</code> any
 *     number of them
 * @param role the least a caller has to be
 * @param area what it is about, one word
 * @param summary what it does, in one line
 * @param parameters of path and query
 * @param body type of what is sent; null if nothing is
 * @param answer type of what comes back as JSON; null if something else does
 * @param many whether it comes as a list
 * @param paged whether {@code limit} and {@code after} cut that list, see {@link Pages}
 * @param mediaType of the answer
 * @param status of the answer when all is well
 * @param handler what answers
 */
public record Endpoint(
    HandlerType method,
    String path,
    Role role,
    String area,
    String summary,
    List<Parameter> parameters,
    Type body,
    Type answer,
    boolean many,
    boolean paged,
    String mediaType,
    int status,
    Handler handler) {

  /** Something to read. */
  public static Draft get(String path, Role role) {
    return new Draft(HandlerType.GET, path, role, 200);
  }

  /** Something to be done: kept, and carried out by whoever reads the topic. */
  public static Draft post(String path, Role role) {
    return new Draft(HandlerType.POST, path, role, 202);
  }

  /** Something to be replaced. */
  public static Draft put(String path, Role role) {
    return new Draft(HandlerType.PUT, path, role, 202);
  }

  /** Something to be removed. */
  public static Draft delete(String path, Role role) {
    return new Draft(HandlerType.DELETE, path, role, 202);
  }

  /** An endpoint that is being described; {@link #by} ends that. */
  public static final class Draft {
    private final HandlerType method;
    private final String path;
    private final Role role;
    private final List<Parameter> parameters = new ArrayList<>();
    private String area = "";
    private String summary = "";
    private Type body;
    private Type answer;
    private boolean many;
    private boolean paged;
    private String mediaType = "application/json";
    private int status;

    private Draft(HandlerType method, String path, Role role, int status) {
      this.method = method;
      this.path = path;
      this.role = role;
      this.status = status;
    }

    /** What it is about, one word, and what it does, in one line. */
    public Draft does(String about, String what) {
      this.area = about;
      this.summary = what;
      return this;
    }

    /** A part of the path. */
    public Draft path(String name, String meaning) {
      parameters.add(new Parameter(name, Parameter.Place.PATH, meaning, List.of()));
      return this;
    }

    /** A parameter of the query, with the words it may be, if it is not free. */
    public Draft query(String name, String meaning, String... allowed) {
      parameters.add(new Parameter(name, Parameter.Place.QUERY, meaning, List.of(allowed)));
      return this;
    }

    /** What is sent. */
    public Draft takes(Type type) {
      this.body = type;
      return this;
    }

    /** What comes back. */
    public Draft answers(Type type) {
      this.answer = type;
      return this;
    }

    /** What comes back, any number of them. */
    public Draft answersMany(Type type) {
      this.many = true;
      return answers(type);
    }

    /** What comes back, a page of them at a time. */
    public Draft answersPages(Type type) {
      this.paged = true;
      query("limit", "how many at most, 1 to " + Pages.MOST + "; " + Pages.USUAL + " if not said");
      query("after", "where the page before ended, as its Link header says");
      return answersMany(type);
    }

    /** What comes back is no JSON. */
    public Draft answersAs(String type) {
      this.mediaType = type;
      return this;
    }

    /** Another status than usual when all is well. */
    public Draft status(int code) {
      this.status = code;
      return this;
    }

    /** What answers. */
    public Endpoint by(Handler handler) {
      return new Endpoint(
          method,
          path,
          role,
          area,
          summary,
          List.copyOf(parameters),
          body,
          answer,
          many,
          paged,
          mediaType,
          status,
          Objects.requireNonNull(handler));
    }
  }
}
