package io.tocsin.server.access;

import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The tokens and sessions of all instances, as their topic has them: what one of them gives or
 * takes holds at every other as soon as it has read so. Thread-safe.
 */
public final class AccessTokens {

  private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile BooleanSupplier current = () -> true;

  /**
   * Says when all there is has been read, and goes on being read; nothing holds at other times,
   * because what was taken back long ago would hold until the word of that is read too.
   */
  public void currentWhile(BooleanSupplier isCurrent) {
    current = isCurrent;
  }

  /** Takes in a record, if it is of the topic of tokens. */
  public void apply(Received<?> received) {
    if (received.topic().name().equals(Topics.ACCESS.name())) {
      received.as(Topics.ACCESS).ifPresentOrElse(this::put, () -> remove(received.key()));
    }
  }

  void put(AccessToken token) {
    tokens.put(token.getId(), token);
  }

  void remove(String id) {
    tokens.remove(id);
    used.remove(id);
    tell(id);
    tokens.values().stream()
        .filter(token -> id.equals(token.getParentId()))
        .forEach(session -> tell(session.getId()));
  }

  private void tell(String id) {
    listeners.forEach(listener -> listener.accept(id));
  }

  /** Calls a listener with the id of each that is taken back. */
  public void onGone(Consumer<String> listener) {
    listeners.add(listener);
  }

  /**
   * What is kept of something that is shown, if that holds.
   *
   * @throws AccessUnavailableException while not all is read
   */
  public Optional<AccessToken> find(String shown, AccessKind kind, Instant now) {
    Optional<TokenText> text = TokenText.parse(shown);
    if (text.isPresent() && !current.getAsBoolean()) {
      throw new AccessUnavailableException();
    }
    Optional<AccessToken> found =
        text.map(each -> tokens.get(each.id()))
            .filter(token -> token.getKind() == kind)
            .filter(token -> text.get().matches(token.getHash()))
            .filter(token -> holds(token, now));
    found.ifPresent(token -> used.put(token.getId(), now));
    return found;
  }

  private boolean holds(AccessToken token, Instant now) {
    if (!now.isBefore(token.getExpiresAt())) {
      return false;
    }
    if (token.getParentId() == null) {
      return true;
    }
    AccessToken parent = tokens.get(token.getParentId());
    return parent != null && now.isBefore(parent.getExpiresAt());
  }

  /** One of them, whether it holds or not. */
  public Optional<AccessToken> get(String id) {
    return Optional.ofNullable(tokens.get(id));
  }

  /** Those that hold, newest first. */
  public List<AccessToken> holding(Instant now) {
    return tokens.values().stream()
        .filter(token -> holds(token, now))
        .sorted(
            Comparator.comparing(AccessToken::getCreatedAt)
                .reversed()
                .thenComparing(AccessToken::getId))
        .toList();
  }

  /** Those that have ended and were not taken back. */
  public List<AccessToken> ended(Instant now) {
    return tokens.values().stream().filter(token -> !holds(token, now)).toList();
  }

  /** The sessions that were begun with a token. */
  public List<AccessToken> sessionsOf(String tokenId) {
    return tokens.values().stream().filter(each -> tokenId.equals(each.getParentId())).toList();
  }

  /** When one was shown to this instance last. */
  public Optional<Instant> lastUsedAt(String id) {
    return Optional.ofNullable(used.get(id));
  }
}
