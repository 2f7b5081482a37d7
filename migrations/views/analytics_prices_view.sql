-- One row per dated price of a model.
-- Units and zone: USD per 1,000 tokens; effective_from and effective_to are Unix ms UTC, from included, to excluded, NULL = open.
-- Left out: nothing. The columns default to 0, so a cached or reasoning price of 0 means "not set" and reads as the input or output price.
CREATE VIEW analytics_prices_view AS
SELECT
  id,
  model,
  provider,
  input_cost_per_1k AS input_price,
  CASE WHEN COALESCE(cached_cost_per_1k, 0) = 0 THEN input_cost_per_1k ELSE cached_cost_per_1k END AS cached_price,
  output_cost_per_1k AS output_price,
  CASE WHEN COALESCE(reasoning_cost_per_1k, 0) = 0 THEN output_cost_per_1k ELSE reasoning_cost_per_1k END AS reasoning_price,
  cached_in_input,
  effective_from,
  effective_to
FROM analytics_cost_config;
