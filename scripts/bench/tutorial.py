"""The tutorial as people run it today: fit, tune F1 on a grid of 1,000 thresholds, print."""
import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

X, y = make_classification(
    n_samples=10000, n_features=2, n_redundant=0, n_clusters_per_class=1, weights=[0.99],
    flip_y=0, random_state=4)
train_X, val_X, train_y, val_y = train_test_split(
    X, y, test_size=0.5, random_state=2, stratify=y)
model = LogisticRegression(solver="lbfgs", tol=1e-10).fit(train_X, train_y)
scores = model.predict_proba(val_X)[:, 1]
thresholds = np.arange(0, 1, 0.001)
values = [f1_score(val_y, (scores >= t).astype("int")) for t in thresholds]
best = int(np.argmax(values))
print(f"threshold {thresholds[best]:.3f}, F1 {values[best]:.3f}")
