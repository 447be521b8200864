package io.tocsin.streams.topology;

import io.tocsin.schemas.Policy;
import io.tocsin.streams.policy.CompiledPolicy;
import io.tocsin.streams.policy.DefaultSeverities;
import io.tocsin.streams.policy.PolicyCompiler;
import io.tocsin.streams.policy.PolicyCompiler.Compilation;
import io.tocsin.streams.policy.PolicyProblem;
import io.tocsin.streams.policy.PolicySet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of the store, compiled once. */
final class PolicyBook {

  /** Most policies, enabled or not. */
  static final int POLICIES = 200;

  private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

  private final KeyValueStore<String, Policy> store;
  private final DefaultSeverities severities;
  private final Map<String, CompiledPolicy> compiled = new HashMap<>();
  private PolicySet inForce;

  PolicyBook(KeyValueStore<String, Policy> store, DefaultSeverities severities) {
    this.store = store;
    this.severities = severities;
    try (KeyValueIterator<String, Policy> policies = store.all()) {
      while (policies.hasNext()) {
        KeyValue<String, Policy> policy = policies.next();
        if (PolicyCompiler.compile(policy.value) instanceof Compilation.Compiled good) {
          compiled.put(policy.key, good.policy());
        } else {
          LOG.error("policy {} was good for an earlier version and is not now", policy.key);
        }
      }
    }
    changed();
  }

  PolicySet inForce() {
    return inForce;
  }

  /**
   * Takes the newest record of a key; null removes.
   *
   * @throws RefusedPolicyException if it cannot be used; what was in force stays
   */
  void take(String key, Policy policy) {
    if (policy == null) {
      compiled.remove(key);
      store.delete(key);
      changed();
      return;
    }
    if (!policy.getId().equals(key)) {
      throw new RefusedPolicyException(
          "the record's key is " + key + ", but the policy's id is " + policy.getId());
    }
    if (!compiled.containsKey(key) && compiled.size() >= POLICIES) {
      throw new RefusedPolicyException(
          "there are " + POLICIES + " policies already; remove one before adding another");
    }
    Compilation compilation = PolicyCompiler.compile(policy);
    if (compilation instanceof Compilation.Compiled good) {
      compiled.put(key, good.policy());
      store.put(key, policy);
      changed();
    } else {
      throw new RefusedPolicyException(
          ((Compilation.Refused) compilation)
              .problems().stream().map(PolicyProblem::toString).collect(Collectors.joining("; ")));
    }
  }

  private void changed() {
    inForce = new PolicySet(List.copyOf(compiled.values()), severities);
  }
}
